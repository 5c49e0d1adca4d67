import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { ConnectionState, FormerFate } from '../../domain/connection.ts';
import type { SyncScope } from '../../domain/rounds.ts';
import * as contract from '../../workflows/contract.ts';
import type { connection } from '../../workflows/connection.ts';
import { connectedState } from '../connected-state.ts';
import { eventually } from '../until.ts';
import { createFakes, createWorker, skipTime, waits } from './office-of-fakes.ts';

/** One connection in an office of fakes, and what can be done to it. */
export interface Story extends ReturnType<typeof createFakes> {
  env: TestWorkflowEnvironment;
  handle: WorkflowHandle<typeof connection>;
  connectionId: string;
  /** Starts a workflow that is no child of the connection, and waits for its end. */
  beside: (type: string, workflowId: string, args?: unknown[]) => Promise<void>;
  /** The same, without waiting for its end, for which time would be skipped. */
  begin: (type: string, workflowId: string, args?: unknown[]) => Promise<void>;
  /** What was started so. */
  besides: { type: string; workflowId: string }[];
  /** Lets time go by: everything due in it happens. */
  pass: (ms: number) => Promise<void>;
  act: (by?: string) => contract.Action;
  state(): Promise<ConnectionState>;
  /** Waits until the state has come to this. */
  until(isSo: (state: ConnectionState) => boolean): Promise<void>;
  /** Holds an activity back until `release`, at the latest until the story ends. */
  hold(activity: keyof Story['script']['before'], which?: (input: never) => boolean): { release: () => void };
  /** Waits until an activity was asked for so many times. */
  untilAsked(activity: string, times?: number): Promise<void>;
}

export type Carried = NonNullable<contract.ConnectionInput['carried']>;

/** Tells a story on a server of its own: skipping time is global to a server, and so is what a story leaves behind. */
export async function story(
  tell: (story: Story) => Promise<void>,
  carried?: Carried,
  openServer: () => Promise<TestWorkflowEnvironment> = skipTime,
  ownWaits: Partial<contract.Waits> = {},
  options: Parameters<typeof createWorker>[3] = {},
): Promise<void> {
  const env = await openServer();
  const fakes = createFakes();
  const taskQueue = randomUUID();
  const worker = await createWorker(env, taskQueue, fakes.activities, options);
  const holds: (() => void)[] = [];
  try {
    await worker.runUntil(async () => {
      const connectionId = `c-${randomUUID().slice(0, 8)}`;
      const handle = await env.client.workflow.start<typeof connection>('connection', {
        workflowId: contract.workflowIds.connection(connectionId),
        taskQueue,
        staticSummary: 'Exact Online: the link with Exact Online',
        args: [
          {
            connectionId,
            name: 'Exact Online',
            system: 'exact-online',
            officeId: 'demo',
            synchronisationUserId: 'sanne',
            requestedBy: 'sanne',
            waits: { ...waits, ...ownWaits },
            ...(carried && { carried: { ...carried, state: { ...carried.state, id: connectionId } } }),
          },
        ],
      });
      const state = () => handle.query(contract.connectionState);
      const hold: Story['hold'] = (activity, which = () => true) => {
        let release = () => {};
        const released = new Promise<void>((resolve) => (release = resolve));
        holds.push(release);
        fakes.script.before[activity] = (input) => (which(input as never) ? released : undefined);
        return { release };
      };
      const besides: Story['besides'] = [];
      await tell({
        ...fakes,
        hold,
        env,
        handle,
        connectionId,
        besides,
        async beside(type, workflowId, args = []) {
          besides.push({ type, workflowId });
          await env.client.workflow.execute(type, { workflowId, taskQueue, args });
        },
        async begin(type, workflowId, args = []) {
          besides.push({ type, workflowId });
          await env.client.workflow.start(type, { workflowId, taskQueue, args });
        },
        pass: (ms) => env.sleep(ms),
        act: (by = 'sanne') => ({ actionId: randomUUID(), by }),
        state,
        until: (isSo) =>
          eventually(async () => {
            const now = await state();
            if (!isSo(now)) throw new Error(`It never came to this; the state is ${JSON.stringify(now)}`);
          }),
        untilAsked: (activity, times = 1) =>
          eventually(() => {
            const asked = fakes.times(activity);
            if (asked < times) throw new Error(`${activity} was asked for ${asked} times, not ${times}`);
          }),
      }).finally(() => holds.forEach((release) => release())); // the worker waits for its activities when it ends
    });
  } finally {
    await env.teardown();
  }
}

/** As a connection is that has worked for a while, and whose next round is due. */
export const connected: Carried = { state: connectedState, recentActions: [] };

/** Somebody mends the login, and what was missed comes in. */
export async function reconnects(story: Story): Promise<void> {
  loginIs(story, 'well');
  await signIn(story, 'first', 'reconnect');
  await story.untilAsked('tellCaughtUp');
}

/** Somebody logs in and comes back to our page. */
export function signIn(
  { handle }: Story,
  signInId: string,
  purpose: 'set-up' | 'reconnect' | 'change',
): Promise<void> {
  return handle.executeUpdate(contract.signInReturned, { args: [{ signInId, purpose }] });
}

/** The first login, all companies, the first sync. */
export async function setUp(story: Story): Promise<void> {
  await signIn(story, 'first', 'set-up');
  await chooseCompanies(story, 'all');
  await story.until(({ lastSuccessAt }) => lastSuccessAt !== null);
}

export function chooseCompanies(story: Story, companies: string[] | 'all'): Promise<void> {
  return story.handle.executeUpdate(contract.chooseCompanies, { args: [{ ...story.act(), companies }] });
}

/** From now on every round finds the login broken, or well again. */
export function loginIs({ script }: Story, how: keyof typeof stops): void {
  script.plan = { ...script.plan, stop: stops[how] };
}

/** The same for the looks at the login between the rounds. */
export function lookFinds({ script }: Story, how: keyof typeof stops): void {
  script.look = stops[how];
}

const stops = {
  well: null,
  broken: { kind: 'broken', cause: 'consent-withdrawn' },
  'rate-limited': { kind: 'delayed', reason: 'rate-limit', until: null },
} as const;

/** Somebody wants the VAT codes of these companies now. */
export function wishFor(story: Story, companies: string[], by = 'sanne'): Promise<void> {
  const scope: SyncScope = { companies, kinds: ['vat-code'] };
  return story.handle.executeUpdate(contract.syncNow, { args: [{ ...story.act(by), scope }] });
}

export function pause(story: Story): Promise<void> {
  return story.handle.executeUpdate(contract.pause, { args: [story.act()] });
}

export function resume(story: Story): Promise<void> {
  return story.handle.executeUpdate(contract.resume, { args: [story.act()] });
}

export function changeTo(story: Story, to: string, fate: FormerFate = 'let-go'): Promise<void> {
  return story.handle.executeUpdate(contract.changeSynchronisationUser, {
    args: [{ ...story.act(), to, fate }],
  });
}
