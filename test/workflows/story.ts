import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Activities } from '../../activities/index.ts';
import { untilTaken } from '../../gateway/temporal-gateway.ts';
import { endOf } from '../../gateway/workflow-end.ts';
import type { ConnectionState, FormerFate } from '../../domain/connection.ts';
import type { SyncScope } from '../../domain/sync/rounds.ts';
import * as contract from '../../workflows/contract.ts';
import type { connection } from '../../workflows/connections/connection.ts';
import { connectedState } from '../connected-state.ts';
import { eventually } from '../until.ts';
import { createFakes, createWorker, waits } from './office-of-fakes.ts';
import { passTime, type Watched } from './passing-time.ts';
import { longHistory, onServer, skipTime } from './servers.ts';

/** One connection in an office of fakes, and what can be done to it. */
export interface Story extends ReturnType<typeof createFakes> {
  env: TestWorkflowEnvironment;
  handle: WorkflowHandle<typeof connection>;
  connectionId: string;
  /** One more connection of the same kind. */
  another: () => Promise<Story['handle']>;
  /** Starts a workflow that is no child of the connection, and waits for its end. */
  beside: (type: string, workflowId: string, args?: unknown[]) => Promise<void>;
  /** The same, without waiting for its end, for which time would be skipped. */
  begin: (type: string, workflowId: string, args?: unknown[]) => Promise<void>;
  /** What was started so. */
  besides: { type: string; workflowId: string }[];
  /** Lets time go by: everything due in it happens. */
  pass: (ms: number, isStuck?: (activity: string) => boolean) => Promise<void>;
  /** Where its histories are read, from the first one on. */
  watched: Watched;
  act: (by?: string) => contract.Action;
  state(): Promise<ConnectionState>;
  /** Waits until the state has come to this. */
  until(isSo: (state: ConnectionState) => boolean): Promise<void>;
  /** Holds an activity back until `release`, at the latest until the story ends. */
  hold(activity: keyof Story['script']['before'], which?: (input: never) => boolean): { release: () => void };
  /** Waits until an activity was asked for so many times. */
  untilAsked(activity: string, times?: number): Promise<void>;
}

interface Circumstances {
  carried: Carried | undefined;
  ownWaits: Partial<contract.Waits>;
  options: Options;
}

type Options = Parameters<typeof createWorker>[3] & {
  /** How activities answer that do not answer from the script; made anew for each telling. */
  answers?: () => Partial<Activities>;
};

export type Carried = NonNullable<contract.ConnectionInput['carried']>;

/** Tells a story on a server of its own: skipping time is global to a server, and so is what a story leaves behind. */
export async function story(
  tell: (story: Story) => Promise<void>,
  carried?: Carried,
  openServer: () => Promise<TestWorkflowEnvironment> = skipTime,
  ownWaits: Partial<contract.Waits> = {},
  options: Options = {},
): Promise<void> {
  await onServer(openServer, (env, orLost) =>
    tellOn(env, (story) => orLost(() => tell(story)), { carried, ownWaits, options }),
  );
}

async function tellOn(
  env: TestWorkflowEnvironment,
  tell: (story: Story) => Promise<void>,
  { carried, ownWaits, options: { answers, ...options } }: Circumstances,
): Promise<void> {
  const fakes = createFakes(answers?.());
  fakes.script.endOf = (workflowId) => endOf(env.client, workflowId);
  const taskQueue = randomUUID();
  const worker = await createWorker(env, taskQueue, fakes.activities, options);
  const holds: (() => void)[] = [];
  await worker.runUntil(async () => {
    const begin = (): Promise<[string, Story['handle'], string]> =>
      beginConnection(env, taskQueue, { ...waits, ...ownWaits }, carried);
    const [connectionId, handle, firstRunId] = await begin();
    const watched = { env, workflowId: handle.workflowId, firstRunId };
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
      another: async () => (await begin())[1],
      besides,
      async beside(type, workflowId, args = []) {
        besides.push({ type, workflowId });
        await env.client.workflow.execute(type, { workflowId, taskQueue, args });
      },
      async begin(type, workflowId, args = []) {
        besides.push({ type, workflowId });
        await env.client.workflow.start(type, { workflowId, taskQueue, args });
      },
      watched,
      pass: (ms, isStuck) => passTime(watched, ms, isStuck),
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
}

/** Begins a connection, and gives its id. It is clicked as the gateway clicks. */
async function beginConnection(
  env: TestWorkflowEnvironment,
  taskQueue: string,
  waits: contract.Waits,
  carried?: Carried,
): Promise<[string, Story['handle'], string]> {
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
        waits,
        ...(carried && { carried: { ...carried, state: { ...carried.state, id: connectionId } } }),
      },
    ],
  });
  const send = handle.executeUpdate.bind(handle) as (...args: unknown[]) => Promise<never>;
  handle.executeUpdate = (...args: unknown[]) => untilTaken(() => send(...args));
  return [connectionId, handle, handle.firstExecutionRunId];
}

/** As a connection is that has worked for a while, and whose next round is due. */
export const connected: Carried = { state: connectedState, recentActions: [], happened: [] };

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
  doubtful: { kind: 'doubtful' },
  'rate-limited': { kind: 'delayed', reason: 'rate-limit', until: null },
} as const;

/** Somebody wants the VAT codes of these companies now. */
export function requestFor(story: Story, companies: string[], by = 'sanne'): Promise<void> {
  const scope: SyncScope = { companies, kinds: ['vat-code'] };
  return story.handle.executeUpdate(contract.syncNow, { args: [{ ...story.act(by), scope }] });
}

export function pause(story: Story): Promise<void> {
  return story.handle.executeUpdate(contract.pause, { args: [story.act()] });
}

export function resume(story: Story): Promise<void> {
  return story.handle.executeUpdate(contract.resume, { args: [story.act()] });
}

/** Pauses and resumes until the connection has begun a fresh history; gives what was clicked last. */
export async function clickUntilFresh(story: Story): Promise<contract.Action> {
  const run = async () => (await story.handle.describe()).runId;
  const firstRun = await run();
  for (let clicks = 0; clicks < longHistory; clicks += 1) {
    await pause(story);
    const last = story.act();
    await story.handle.executeUpdate(contract.resume, { args: [last] });
    if ((await run()) !== firstRun) return last;
  }
  throw new Error('No fresh history began');
}

export function changeTo(story: Story, to: string, fate: FormerFate = 'let-go'): Promise<void> {
  return story.handle.executeUpdate(contract.changeSynchronisationUser, {
    args: [{ ...story.act(), to, fate }],
  });
}
