import { fileURLToPath } from 'node:url';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import {
  bundleWorkflowCode,
  DefaultLogger,
  Runtime,
  Worker,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import type { Activities } from '../../activities/index.ts';
import type { Redeemed } from '../../activities/logins.ts';
import type { ChunkResult, RoundPlan } from '../../activities/rounds.ts';
import type { ConnectionState, Login } from '../../domain/connection.ts';
import { ensureTemporalBinaries } from '../../sandbox/temporal/binaries.ts';
import type { Waits } from '../../workflows/contract.ts';
import { searchAttributeNames } from '../../workflows/search-attributes.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const waits: Waits = {
  syncInterval: 15 * minute,
  retryDelayed: 2 * minute,
  reminders: [15 * minute, 24 * hour],
  invitationLapses: 7 * 24 * hour,
};

export function loginOf(name: string, environmentId = 'env-1'): Login {
  return {
    grantId: `grant/${name}`,
    accountingUserId: `id-of-${name}`,
    accountingUserName: name,
    environmentId,
    environmentName: environmentId,
  };
}

export function found(name: string, more: Partial<Extract<Redeemed, { result: 'found' }>> = {}): Redeemed {
  return {
    result: 'found',
    person: 'sanne',
    login: loginOf(name),
    total: 12,
    reachable: 12,
    missing: [],
    usedBy: null,
    ...more,
  };
}

/** What the accounting system and the people of the office do in a test; change it while the story goes on. */
export interface Script {
  /** What a sign-in turns out to be, by its id. */
  signIns: Record<string, Redeemed>;
  known: Awaited<ReturnType<Activities['examineLogin']>>;
  plan: RoundPlan;
  chunk: ChunkResult;
}

/** Our own activities, faked: they keep what they were asked, by name, and answer from the script. */
export function createFakes() {
  const asked: { activity: string; input: unknown }[] = [];
  const script: Script = {
    signIns: { first: found('CX_Basecone') },
    known: { result: 'none' },
    plan: { grantId: 'grant/CX_Basecone', companies: ['1', '2'], failures: 0, stop: null },
    chunk: { rowsChanged: 3, failures: 0, stop: null },
  };
  let incidents = 0;
  const note =
    <Input, Output>(activity: string, answer: (input: Input) => Output) =>
    async (input: Input): Promise<Output> => {
      asked.push({ activity, input });
      return answer(input);
    };
  const silent = (activity: string) => note(activity, (): void => {});
  const activities: Activities = {
    saveConnection: note('saveConnection', (): void => {}),
    redeemSignIn: note(
      'redeemSignIn',
      ({ signInId }: { signInId: string }) => script.signIns[signInId] ?? { result: 'refused' },
    ),
    acceptSignIn: silent('acceptSignIn'),
    refuseSignIn: silent('refuseSignIn'),
    dismissSignIn: silent('dismissSignIn'),
    examineLogin: note('examineLogin', () => script.known),
    forgetLogin: silent('forgetLogin'),
    linkCompanies: note('linkCompanies', ({ companies }: { companies: string[] | 'all' }) => ({
      companies: companies === 'all' ? 12 : companies.length,
    })),
    planRound: note('planRound', () => script.plan),
    syncCompanies: note('syncCompanies', () => script.chunk),
    tellProgress: silent('tellProgress'),
    tellInvitation: silent('tellInvitation'),
    tellSetUpNews: silent('tellSetUpNews'),
    tellChangeResult: silent('tellChangeResult'),
    tellChanged: silent('tellChanged'),
    openIncident: note('openIncident', () => ({ incident: ++incidents })),
    takeUpIncident: silent('takeUpIncident'),
    closeIncident: silent('closeIncident'),
    tellDisconnection: silent('tellDisconnection'),
    remindOfIncident: silent('remindOfIncident'),
    tellRefusedLogin: silent('tellRefusedLogin'),
    tellMended: silent('tellMended'),
    tellCaughtUp: silent('tellCaughtUp'),
  };
  return {
    activities,
    script,
    asked,
    times: (activity: string) => asked.filter((call) => call.activity === activity).length,
    inputsOf: (activity: string) =>
      asked.filter((call) => call.activity === activity).map((call) => call.input),
    /** The state as the store last heard it. */
    saved: () =>
      asked
        .filter((call) => call.activity === 'saveConnection')
        .map((call) => (call.input as { state: ConnectionState }).state)
        .at(-1),
  };
}

let bundle: Promise<WorkflowBundleWithSourceMap> | undefined;

/** The workflows, bundled once per test file. */
export function workflowBundle(): Promise<WorkflowBundleWithSourceMap> {
  bundle ??= bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../../workflows/index.ts', import.meta.url)),
    logger: new DefaultLogger('ERROR'),
  });
  return bundle;
}

/** Once per test file, before anything else of Temporal. */
export function quietRuntime(): void {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
}

/** The server that skips time: only durations mean something there, never dates. */
export async function skipTime(): Promise<TestWorkflowEnvironment> {
  const { testServer } = await ensureTemporalBinaries();
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: testServer } },
  });
  const keyword = 2; // temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD
  await env.connection.operatorService.addSearchAttributes({
    namespace: 'default',
    searchAttributes: Object.fromEntries(searchAttributeNames.map((name) => [name, keyword])),
  });
  return env;
}

export async function createWorker(
  env: TestWorkflowEnvironment,
  taskQueue: string,
  activities: Activities,
): Promise<Worker> {
  return Worker.create({
    connection: env.nativeConnection,
    taskQueue,
    workflowBundle: await workflowBundle(),
    activities,
  });
}

/** Waits until what is expected has come true; the workflows go on by themselves meanwhile. */
export async function eventually(expectation: () => unknown): Promise<void> {
  const until = Date.now() + 20_000;
  for (;;) {
    try {
      await expectation();
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
