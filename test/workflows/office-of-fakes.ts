import type { TestWorkflowEnvironment } from '@temporalio/testing';
import {
  bundleWorkflowCode,
  DefaultLogger,
  Worker,
  type WorkerOptions,
  type WorkflowBundleOption,
  type ActivityInterceptorsFactory,
} from '@temporalio/worker';
import type { Activities } from '../../activities/index.ts';
import { signsOfLife } from '../../activities/signs-of-life.ts';
import type { DeliveryStep } from '../../activities/bookings/bookings.ts';
import type { Redeemed } from '../../activities/logins/logins.ts';
import type { ChunkResult, RoundPlan } from '../../activities/sync/rounds.ts';
import type { VerificationPlan, VerifiedChunk } from '../../activities/verification/verification.ts';
import type { VerificationCounts } from '../../domain/verification/verification.ts';
import type { Weighed } from '../../domain/succession/change.ts';
import type { ChangeFact } from '../../domain/succession/change-facts.ts';
import type { Stop } from '../../domain/sync/rounds.ts';
import { createHumanStepActivities } from '../../activities/incidents/human-step.ts';
import type { ConnectionState, FormerFate, Login } from '../../domain/connection.ts';
import type { Happened } from '../../domain/connections/history-kinds.ts';
import { officeSchema } from '../../domain/offices/office.ts';
import { weekdays } from '../../domain/offices/working-hours.ts';
import { loginOf } from '../connected-state.ts';
import { workflowBundle as bundleOfProduct } from '../../workflow-bundle.ts';
import type { Waits } from '../../workflows/contract.ts';
import { asked, identity } from './servers.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const waits: Waits = {
  syncInterval: 15 * minute,
  loginCheckInterval: 5 * minute,
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
    linked: 12,
    missing: [],
    usedBy: null,
    ...more,
  };
}

/** Where it is one at night now: the next morning, with its reminder, is as far away whenever the tests run. */
function zoneOfNight(): string {
  const ahead = ((1 - new Date().getUTCHours() + 35) % 24) - 11; // from 11 hours behind to 12 ahead
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`; // named the other way round, as in POSIX
}

/** On the server that skips time dates mean nothing, so in this office it is always working time. */
const roundTheClock = createHumanStepActivities({
  office: officeSchema.parse({
    id: 'o',
    name: 'O',
    channelId: 'C',
    users: [{ id: 'sanne', name: 'Sanne', slackUserId: 'U', roles: ['superuser'] }],
    teams: [],
    timeZone: zoneOfNight(),
    hours: { days: weekdays, from: '00:00', to: '24:00' },
  }),
});

/** What the accounting system and the people of the office do in a test; change it while the story goes on. */
export interface Script {
  /** What a sign-in turns out to be, by its id. */
  signIns: Record<string, Redeemed>;
  known: Awaited<ReturnType<Activities['examineLogin']>>;
  plan: RoundPlan;
  request: Pick<RoundPlan, 'grantId' | 'companies' | 'failures'>;
  chunk: ChunkResult;
  /** Whether what a human says of deletions is the first answer. */
  counts: boolean;
  verification: { plan: VerificationPlan; chunk: VerifiedChunk; counts: VerificationCounts };
  /** The grant of the stand-in's own login, if there is one to verify. */
  standIn: string | null;
  /** What the store says of the login in use. */
  inUseIsWell: boolean;
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
  /** How a workflow ended, or null while it runs. */
  endOf: (workflowId: string) => Promise<{ result: unknown } | null>;
  /** Done before an activity answers: it may wait, or throw as Slack does when it is down. */
  before: Partial<Record<keyof Activities, (input: unknown) => unknown>>;
}

/** Our own activities, faked: they keep what they were asked, by name, and answer as `answers` says, or from the script. */
export function createFakes(answers: Partial<Activities> = {}) {
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
      unlistedSince: null,
    },
    request: { grantId: 'grant/CX_Basecone', companies: ['2'], failures: 0 },
    worksAgain: null,
    counts: true,
    chunk: { rowsChanged: 3, read: 9, failures: 0, refused: 0, stop: null, postponed: null },
    verification: {
      plan: { companies: ['1', '2'], kinds: ['journal'], stop: null },
      chunk: { waiting: [], until: null, stop: null },
      counts: { companies: 2, fine: 2, partly: 0, unreachable: 0, unknown: 0, lost: 0, gained: 0 },
    },
    standIn: null,
    inUseIsWell: true,
    look: null,
    bookings: [],
    waiting: [],
    endOf: async () => null,
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
    checkLogins: note('checkLogins', () => ({
      grantId: script.plan.grantId,
      stop: script.look,
      endIsNews: false,
    })),
    tellExpiry: silent('tellExpiry'),
    subscribeToChanges: note('subscribeToChanges', () => ({ companies: 2, refused: 0 })),
    planRound: note('planRound', () => script.plan),
    planRequest: note('planRequest', () => script.request),
    syncCompanies: note('syncCompanies', () => script.chunk),
    tellProgress: silent('tellProgress'),
    tellRequest: silent('tellRequest'),
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
    loginInUse: note('loginInUse', () => ({ login: loginOf('CX_Basecone'), isWell: script.inUseIsWell })),
    unlinkPerson: silent('unlinkPerson'),
    openIncident: note('openIncident', ({ since }: { since: string }) => ({
      incident: ++incidents,
      tellAt: since,
    })),
    carryOutDelivery: note('carryOutDelivery', () => 'said' as const),
    giveUpDelivery: silent('giveUpDelivery'),
    tellDelay: silent('tellDelay'),
    tellDigest: async () => {},
    audit: async () => {},
    takeUpIncident: silent('takeUpIncident'),
    letGoOfIncident: silent('letGoOfIncident'),
    snoozeIncident: silent('snoozeIncident'),
    planHumanStep: note('planHumanStep', (step: Parameters<typeof roundTheClock.planHumanStep>[0]) =>
      roundTheClock.planHumanStep(step),
    ),
    checkAgain: note('checkAgain', () => ({ login: script.worksAgain })),
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
    lookAtWorkflow: note('lookAtWorkflow', async ({ workflowId }: { workflowId: string }) => ({
      end: await script.endOf(workflowId),
    })),
    sendBookingNotices: silent('sendBookingNotices'),
    tellUnfitBookings: silent('tellUnfitBookings'),
    tellDeliveryStop: silent('tellDeliveryStop'),
  };
  const answered = Object.entries(answers).map(([name, answer]) => [
    name,
    note(name as keyof Activities, answer as (input: unknown) => unknown),
  ]);
  return {
    activities: { ...activities, ...(Object.fromEntries(answered) as Partial<Activities>) },
    script,
    asked,
    times: (activity: string) => asked.filter((call) => call.activity === activity).length,
    inputsOf: (activity: string) =>
      asked.filter((call) => call.activity === activity).map((call) => call.input),
    /** What the history was told of with a state. */
    happened: () => asked.flatMap((call) => happenedIn(call)),
    /** What the table of changes was told of with a state. */
    changeFacts: () => asked.flatMap(({ input }) => (input as { changes?: ChangeFact[] }).changes ?? []),
    /** The state as the store last heard it. */
    saved: () =>
      asked
        .filter((call) => call.activity === 'saveConnection')
        .map((call) => (call.input as { state: ConnectionState }).state)
        .at(-1),
  };
}

/** What stands in the history by this call: together with a state. */
export const happenedIn = ({ activity, input }: { activity: string; input: unknown }): readonly Happened[] =>
  ['saveConnection', 'openIncident'].includes(activity)
    ? ((input as { happened?: Happened[] }).happened ?? [])
    : [];

const bundles = new Map<string, Promise<WorkflowBundleOption>>();

/** The workflows of the product, or of a file; bundled once per test file, and those of the product once for all of them. */
export function workflowBundle(workflowsPath?: string): Promise<WorkflowBundleOption> {
  const known = bundles.get(workflowsPath ?? '');
  const bundle =
    known ??
    (workflowsPath === undefined
      ? bundleOfProduct()
      : bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') }));
  bundles.set(workflowsPath ?? '', bundle);
  return bundle;
}

const noteThatItWasAsked: ActivityInterceptorsFactory = () => ({
  inbound: {
    execute(input, next) {
      asked();
      return next(input);
    },
  },
});

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
    // In this thread: beginning one of its own takes longer than most stories. Only jest keeps the two apart.
    debugMode: process.env['JEST_WORKER_ID'] !== undefined,
    activities,
    ...options,
    interceptors: { activity: [signsOfLife, noteThatItWasAsked] },
  });
}
