import { fileURLToPath } from 'node:url';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import {
  bundleWorkflowCode,
  DefaultLogger,
  makeTelemetryFilterString,
  Runtime,
  Worker,
  type WorkerOptions,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import type { Activities } from '../../activities/index.ts';
import { signsOfLife } from '../../activities/signs-of-life.ts';
import type { DeliveryStep } from '../../activities/bookings.ts';
import type { Redeemed } from '../../activities/logins.ts';
import type { ChunkResult, RoundPlan } from '../../activities/rounds.ts';
import type { VerificationPlan, VerifiedChunk } from '../../activities/verification.ts';
import type { VerificationCounts } from '../../domain/verification.ts';
import type { Weighed } from '../../domain/change.ts';
import type { Stop } from '../../domain/rounds.ts';
import { createHumanStepActivities } from '../../activities/human-step.ts';
import type { ConnectionState, FormerFate, Login } from '../../domain/connection.ts';
import { officeSchema } from '../../domain/office.ts';
import { weekdays } from '../../domain/working-hours.ts';
import { loginOf } from '../connected-state.ts';
import { ensureTemporalBinaries } from '../../sandbox/temporal/binaries.ts';
import type { Waits } from '../../workflows/contract.ts';
import { searchAttributeNames, searchAttributes } from '../../workflows/search-attributes.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const waits: Waits = {
  syncInterval: 15 * minute,
  lookInterval: 5 * minute,
  keepAliveInterval: 24 * hour,
  verifyInterval: 24 * hour,
  retryDelayed: 2 * minute,
  reminders: [15 * minute, 24 * hour],
  undoChange: 24 * hour,
  invitationLapses: 7 * 24 * hour,
};

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

/** On the server that skips time dates mean nothing, so in this office it is always working time. */
const roundTheClock = createHumanStepActivities({
  office: officeSchema.parse({
    id: 'o',
    name: 'O',
    channelId: 'C',
    users: [{ id: 'sanne', name: 'Sanne', slackUserId: 'U', roles: ['superuser'] }],
    teams: [],
    timeZone: 'UTC',
    hours: { days: weekdays, from: '00:00', to: '24:00' },
  }),
});

/** What the accounting system and the people of the office do in a test; change it while the story goes on. */
export interface Script {
  /** What a sign-in turns out to be, by its id. */
  signIns: Record<string, Redeemed>;
  known: Awaited<ReturnType<Activities['examineLogin']>>;
  plan: RoundPlan;
  wish: Pick<RoundPlan, 'grantId' | 'companies' | 'failures'>;
  chunk: ChunkResult;
  /** Whether what a human says of deletions is the first answer. */
  counts: boolean;
  verification: { plan: VerificationPlan; chunk: VerifiedChunk; counts: VerificationCounts };
  /** The grant of the stand-in's own login, if there is one to verify. */
  standIn: string | null;
  /** What a look at the login in use finds. */
  look: Stop | null;
  /** What is found when a broken login is looked at again. */
  worksAgain: Login | null;
  /** How the steps through a line of bookings go; afterwards there is none left. */
  bookings: DeliveryStep[];
  /** Companies with bookings that wait. */
  waiting: string[];
  /** What a change would gain and lose. */
  weighed: Weighed;
  /** Done before an activity answers: it may wait, or throw as Slack does when it is down. */
  before: Partial<Record<keyof Activities, (input: unknown) => unknown>>;
}

/** Our own activities, faked: they keep what they were asked, by name, and answer from the script. */
export function createFakes() {
  const asked: { activity: string; input: unknown }[] = [];
  const script: Script = {
    signIns: { first: found('CX_Basecone') },
    known: { result: 'none' },
    plan: {
      grantId: 'grant/CX_Basecone',
      companies: ['1', '2'],
      failures: 0,
      refused: 0,
      hasNews: false,
      stop: null,
    },
    wish: { grantId: 'grant/CX_Basecone', companies: ['2'], failures: 0 },
    worksAgain: null,
    counts: true,
    chunk: { rowsChanged: 3, failures: 0, refused: 0, stop: null, postponed: null },
    verification: {
      plan: { companies: ['1', '2'], kinds: ['journal'], stop: null },
      chunk: { waiting: [], until: null, stop: null },
      counts: { companies: 2, fine: 2, partly: 0, unreachable: 0, unknown: 0, lost: 0, gained: 0 },
    },
    standIn: null,
    look: null,
    bookings: [],
    waiting: [],
    weighed: {
      verdict: 'fits',
      lost: 0,
      gained: 0,
      uncertain: 0,
      reachBefore: 12,
      reachAfter: 12,
      superusers: 2,
    },
    before: {},
  };
  let incidents = 0;
  const note =
    <Input, Output>(activity: keyof Activities, answer: (input: Input) => Output | Promise<Output>) =>
    async (input: Input): Promise<Output> => {
      asked.push({ activity, input });
      await script.before[activity]?.(input);
      return answer(input);
    };
  const silent = (activity: keyof Activities) => note(activity, (): void => {});
  const activities: Activities = {
    keepInHistory: silent('keepInHistory'),
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
    lookAfterLogins: note('lookAfterLogins', () => ({
      grantId: script.plan.grantId,
      stop: script.look,
      endIsNews: false,
    })),
    tellExpiry: silent('tellExpiry'),
    subscribeToChanges: note('subscribeToChanges', () => ({ companies: 2, refused: 0 })),
    planRound: note('planRound', () => script.plan),
    planWish: note('planWish', () => script.wish),
    syncCompanies: note('syncCompanies', () => script.chunk),
    tellProgress: silent('tellProgress'),
    tellWish: silent('tellWish'),
    tellDeletions: silent('tellDeletions'),
    settleDeletions: note('settleDeletions', () => ({ counts: script.counts })),
    tellInvitation: silent('tellInvitation'),
    tellSetUpNews: silent('tellSetUpNews'),
    tellChangeResult: silent('tellChangeResult'),
    tellChanged: silent('tellChanged'),
    tellPersonalLinks: silent('tellPersonalLinks'),
    tellStandIn: silent('tellStandIn'),
    tellStandInReach: silent('tellStandInReach'),
    standInLogin: note('standInLogin', () => ({ grantId: script.standIn })),
    loginInUse: note('loginInUse', () => ({ login: loginOf('CX_Basecone') })),
    unlinkPerson: silent('unlinkPerson'),
    openIncident: note('openIncident', () => ({ incident: ++incidents })),
    tellDelay: silent('tellDelay'),
    tellDigest: async () => {},
    audit: async () => {},
    takeUpIncident: silent('takeUpIncident'),
    letGoOfIncident: silent('letGoOfIncident'),
    snoozeIncident: silent('snoozeIncident'),
    planHumanStep: note('planHumanStep', (step: Parameters<typeof roundTheClock.planHumanStep>[0]) =>
      roundTheClock.planHumanStep(step),
    ),
    lookAgain: note('lookAgain', () => ({ login: script.worksAgain })),
    closeIncident: silent('closeIncident'),
    tellDisconnection: silent('tellDisconnection'),
    remindOfIncident: silent('remindOfIncident'),
    tellRefusedLogin: silent('tellRefusedLogin'),
    tellMended: silent('tellMended'),
    tellCaughtUp: silent('tellCaughtUp'),
    weighChange: note('weighChange', () => script.weighed),
    settleFormerLogin: note(
      'settleFormerLogin',
      (former: { fate: FormerFate; placeTakenBy?: string | null }) => ({
        standsIn: former.fate === 'stand-in' && !former.placeTakenBy,
      }),
    ),
    tellChangeDecision: silent('tellChangeDecision'),
    settleChangeQuestion: silent('settleChangeQuestion'),
    tellUndone: silent('tellUndone'),
    tellHandover: silent('tellHandover'),
    tellFormerSettled: silent('tellFormerSettled'),
    planVerification: note('planVerification', () => script.verification.plan),
    verifyCompanies: note('verifyCompanies', () => script.verification.chunk),
    tellCompanyNews: silent('tellCompanyNews'),
    unlinkCompanies: note('unlinkCompanies', ({ companies }: { companies: string[] }) => ({
      companies: 12 - companies.length,
    })),
    tellRights: silent('tellRights'),
    tellVerification: silent('tellVerification'),
    concludeVerification: note('concludeVerification', () => script.verification.counts),
    waitingBookings: note('waitingBookings', () => ({ companies: script.waiting })),
    deliverNextBooking: note('deliverNextBooking', () => script.bookings.shift() ?? { kind: 'idle' }),
    sendBookingNotices: silent('sendBookingNotices'),
    tellUnfitBookings: silent('tellUnfitBookings'),
    tellDeliveryStop: silent('tellDeliveryStop'),
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

const bundles = new Map<string, Promise<WorkflowBundleWithSourceMap>>();
const productWorkflows = fileURLToPath(new URL('../../workflows/index.ts', import.meta.url));

/** The workflows, bundled once per test file. */
export function workflowBundle(workflowsPath = productWorkflows): Promise<WorkflowBundleWithSourceMap> {
  const bundle =
    bundles.get(workflowsPath) ?? bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
  bundles.set(workflowsPath, bundle);
  return bundle;
}

/** Once per test file, before anything else of Temporal. */
export function quietRuntime(): void {
  const logging = { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) };
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging } });
}

/** The server that skips time: only durations mean something there, never dates. */
export async function skipTime(): Promise<TestWorkflowEnvironment> {
  const { testServer } = await ensureTemporalBinaries();
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: testServer } },
    client: { identity },
  });
  const keyword = 2; // temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD
  await env.connection.operatorService.addSearchAttributes({
    namespace: 'default',
    searchAttributes: Object.fromEntries(searchAttributeNames.map((name) => [name, keyword])),
  });
  return env;
}

/** How many events of a history are long, on {@link realTime}. */
export const longHistory = 100;

/** The real development server, where time takes its time and a history is long soon. */
export async function realTime(): Promise<TestWorkflowEnvironment> {
  const { cli } = await ensureTemporalBinaries();
  const longSoon = ['--dynamic-config-value', `limit.historyCount.suggestContinueAsNew=${longHistory}`];
  return TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path: cli },
      searchAttributes: Object.values(searchAttributes),
      extraArgs: longSoon,
      log: { format: 'pretty', level: 'error' },
    },
    client: { identity },
  });
}

/** Kept in histories, which are kept in the repository; the default names the machine. */
const identity = 'the test';

export async function createWorker(
  env: TestWorkflowEnvironment,
  taskQueue: string,
  activities: Activities,
  options: Pick<WorkerOptions, 'maxCachedWorkflows'> = {},
): Promise<Worker> {
  return Worker.create({
    connection: env.nativeConnection,
    taskQueue,
    identity,
    workflowBundle: await workflowBundle(),
    activities,
    ...options,
    interceptors: { activity: [signsOfLife] },
  });
}
