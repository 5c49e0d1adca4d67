import proto, { type temporal } from '@temporalio/proto';
import type { Watched } from './passing-time.ts';

type Event = temporal.api.history.v1.IHistoryEvent;

/** One history, as far as it goes. */
export interface Run {
  workflowId: string;
  runId: string;
  type: string;
  events: Event[];
  isOver: boolean;
  /** What is under way in it: of what nothing was heard yet, by the name of the activity where it is one. */
  waitsFor: string[];
  openTimers: number;
  openChildren: { workflowId: string; runId: string }[];
  /** What must never happen in a history. */
  faults: string[];
}

/** Reads the histories of a connection and of all its children, of every run; what is over is read once. */
export function readerOfRuns({ env, workflowId: whole, firstRunId }: Watched) {
  const over = new Map<string, Run>();
  return async function read(): Promise<Run[]> {
    const runs: Run[] = [];
    const left = [{ workflowId: whole, runId: firstRunId }];
    for (let next = left.shift(); next; next = left.shift()) {
      const run = over.get(next.runId) ?? (await readOne(next));
      if (run.isOver) over.set(run.runId, run);
      runs.push(run);
      left.push(...followers(run));
    }
    return runs;
  };

  async function readOne({ workflowId, runId }: { workflowId: string; runId: string }): Promise<Run> {
    const { events } = await env.client.workflow.getHandle(workflowId, runId).fetchHistory();
    return asRun(workflowId, runId, events ?? []);
  }
}

/** What goes on in a history, but for what `isStuck`: activities by their names, and children whose end it has not heard of. */
export function whatIsUnderWay(
  { waitsFor, openChildren }: Run,
  runs: readonly Run[],
  isStuck: (activity: string) => boolean,
): string[] {
  const ended = openChildren.filter(({ runId }) => runs.some((run) => run.runId === runId && run.isOver));
  return [...waitsFor.filter((what) => !isStuck(what)), ...ended.map(({ workflowId }) => workflowId)];
}

/** Its children, and the run that went on where it ended. */
function followers({ workflowId, events }: Run): { workflowId: string; runId: string }[] {
  return events.flatMap((event) => {
    const child = event.childWorkflowExecutionStartedEventAttributes?.workflowExecution;
    if (child) return [{ workflowId: child.workflowId ?? '', runId: child.runId ?? '' }];
    const fresh = event.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
    return fresh ? [{ workflowId, runId: fresh }] : [];
  });
}

function asRun(workflowId: string, runId: string, events: Event[]): Run {
  const open = new Map<string, string>();
  const timers = new Set<string>();
  const children = new Map<string, { workflowId: string; runId: string }>();
  const faults: string[] = [];
  for (const event of events) {
    const id = String(event.eventId);
    // What is begun …
    if (event.workflowTaskScheduledEventAttributes) open.set(id, 'a task');
    if (event.activityTaskScheduledEventAttributes)
      open.set(id, event.activityTaskScheduledEventAttributes.activityType?.name ?? '');
    if (event.startChildWorkflowExecutionInitiatedEventAttributes) open.set(id, 'the start of a child');
    if (event.signalExternalWorkflowExecutionInitiatedEventAttributes) open.set(id, 'a signal');
    if (event.requestCancelExternalWorkflowExecutionInitiatedEventAttributes) open.set(id, 'a cancel');
    if (event.timerStartedEventAttributes) timers.add(id);
    // … and what ends.
    const ended =
      event.workflowTaskCompletedEventAttributes ??
      event.workflowTaskFailedEventAttributes ??
      event.workflowTaskTimedOutEventAttributes ??
      event.activityTaskCompletedEventAttributes ??
      event.activityTaskFailedEventAttributes ??
      event.activityTaskTimedOutEventAttributes ??
      event.activityTaskCanceledEventAttributes;
    if (ended) open.delete(String(ended.scheduledEventId));
    const reached =
      event.childWorkflowExecutionStartedEventAttributes ??
      event.startChildWorkflowExecutionFailedEventAttributes ??
      event.externalWorkflowExecutionSignaledEventAttributes ??
      event.signalExternalWorkflowExecutionFailedEventAttributes ??
      event.externalWorkflowExecutionCancelRequestedEventAttributes;
    if (reached) open.delete(String(reached.initiatedEventId));
    const timer = event.timerFiredEventAttributes ?? event.timerCanceledEventAttributes;
    if (timer) timers.delete(String(timer.startedEventId));
    // By its run: the server that skips time names another event as the start of a child.
    const begun = event.childWorkflowExecutionStartedEventAttributes?.workflowExecution;
    if (begun)
      children.set(begun.runId ?? '', { workflowId: begun.workflowId ?? '', runId: begun.runId ?? '' });
    const child =
      event.childWorkflowExecutionCompletedEventAttributes ??
      event.childWorkflowExecutionFailedEventAttributes ??
      event.childWorkflowExecutionCanceledEventAttributes ??
      event.childWorkflowExecutionTimedOutEventAttributes ??
      event.childWorkflowExecutionTerminatedEventAttributes;
    if (child) children.delete(child.workflowExecution?.runId ?? '');
    faults.push(...faultsOf(event));
  }
  const last = events.at(-1);
  const isOver = Boolean(
    last?.workflowExecutionCompletedEventAttributes ??
    last?.workflowExecutionFailedEventAttributes ??
    last?.workflowExecutionCanceledEventAttributes ??
    last?.workflowExecutionTerminatedEventAttributes ??
    last?.workflowExecutionTimedOutEventAttributes ??
    last?.workflowExecutionContinuedAsNewEventAttributes,
  );
  return {
    workflowId,
    runId,
    type: events[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name ?? '',
    events,
    isOver,
    waitsFor: isOver ? [] : [...open.values()],
    openTimers: timers.size,
    openChildren: isOver ? [] : [...children.values()],
    faults,
  };
}

/** A task is given back when something arrived meanwhile; the server that skips time gives no words with it. */
const givenBack =
  proto.temporal.api.enums.v1.WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND;

function faultsOf({
  workflowTaskFailedEventAttributes,
  workflowExecutionFailedEventAttributes,
}: Event): string[] {
  if (workflowTaskFailedEventAttributes && workflowTaskFailedEventAttributes.cause !== givenBack) {
    const { cause, failure } = workflowTaskFailedEventAttributes;
    return [`a task failed, cause ${cause}: ${failure?.message}`];
  }
  const { failure } = workflowExecutionFailedEventAttributes ?? {};
  return failure ? [`it failed: ${failure.message}: ${failure.cause?.message}`] : [];
}
