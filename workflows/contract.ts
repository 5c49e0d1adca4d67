import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Weighed } from '../domain/change.ts';
import type { ConnectionState, DelayReason, FormerFate, Login } from '../domain/connection.ts';
import type { DeletionVerdict } from '../domain/deletion-guard.ts';
import type { LinkCause } from '../domain/causes.ts';
import type { Moment } from '../domain/master-data.ts';
import type { Stop, SyncScope, SyncWish } from '../domain/rounds.ts';
import type { AwaitedPurpose } from '../domain/sign-in.ts';
import type { VerificationCounts, VerificationReason } from '../domain/verification.ts';
import type { Approval } from './change-decision.ts';
import type { LookTimes } from './connection-logins.ts';
import type { VigilMemory } from './vigil.ts';
import type { VerificationTimes } from './connection-verification.ts';

/**
 * What the bot, the web pages and the workflows say to each other: ids, queue, messages and their inputs.
 * Payloads carry ids and counts, never rows or secrets.
 */
export const taskQueue = 'syncuser';

/** The one place where workflow ids are made; an operator reads them in Temporal UI. */
export const workflowIds = {
  connection: (connectionId: string) => `connection/${connectionId}`,
  setUp: (connectionId: string) => `set-up/${connectionId}`,
  sync: (connectionId: string, round: number) => `sync/${connectionId}/${round}`,
  reconnect: (connectionId: string, incident: number) => `reconnect/${connectionId}/${incident}`,
  change: (connectionId: string, change: number) => `change/${connectionId}/${change}`,
  personal: (connectionId: string, action: string) => `personal/${connectionId}/${action}`,
  bookings: (connectionId: string, companyId: string) => `bookings/${connectionId}/${companyId}`,
  verify: (connectionId: string, verification: string) => `verify/${connectionId}/${verification}`,
} as const;

/** Every wait, in milliseconds. It comes in from outside, so that tests and offices choose their own. */
export interface Waits {
  /** From one round to the next. */
  syncInterval: number;
  /** From one look at the login in use to the next, when no round uses it meanwhile. */
  lookInterval: number;
  /** From one renewal of all logins, also of those that nothing uses, to the next. */
  keepAliveInterval: number;
  /** From one verification of what the login may read to the next. */
  verifyInterval: number;
  /** After a delay (outage, rate limit) without a known end. */
  retryDelayed: number;
  /** A delay is told to the office when it has lasted so long; otherwise domain/incident-rules.ts says when. */
  tellDelayAfter?: Record<DelayReason, number>;
  /** Reminders while a person is asked to connect or reconnect, each counted from the one before; the last repeats. */
  reminders: number[];
  /** A change of synchronisation user can be undone for so long. */
  undoChange: number;
  /** An unanswered invitation to connect (set-up, change), or a change nobody decides, lapses after this. */
  invitationLapses: number;
}

export interface ConnectionInput {
  connectionId: string;
  name: string;
  system: string;
  officeId: string;
  synchronisationUserId: string;
  requestedBy: string;
  waits: Waits;
  /** Only set by continue-as-new. */
  carried?: {
    state: ConnectionState;
    recentActions: string[];
    recentCalls?: string[];
    looks?: LookTimes;
    toldDelay?: Moment | null;
    verifications?: VerificationTimes;
  };
}

/** Whoever causes something gives it an id, so that a retry or a double click happens once. */
export interface Action {
  actionId: string;
  /** Office user id; or the id of the accounting system, when it called us. */
  by: string;
}

export interface Snooze {
  until: Moment;
  everybody: boolean;
}

/** Updates a person causes. All validate, set state and return at once; the work is in the main loop. */
/** Answers once the connection exists; sent together with its start. */
export const begun = defineUpdate<void, []>('begun');
export const signInReturned = defineUpdate<void, [{ signInId: string; purpose: AwaitedPurpose }]>(
  'signInReturned',
);
export const chooseCompanies = defineUpdate<void, [Action & { companies: string[] | 'all' }]>(
  'chooseCompanies',
);
/** Nothing of these companies is brought in any more; what is stored stays. */
export const unlinkCompanies = defineUpdate<void, [Action & { companies: string[] }]>('unlinkCompanies');
export const changeSynchronisationUser = defineUpdate<void, [Action & { to: string; fate: FormerFate }]>(
  'changeSynchronisationUser',
);
/** At this moment somebody else takes over by himself, if nothing is lost. */
export const planHandover = defineUpdate<void, [Action & { to: string; at: Moment }]>('planHandover');
export const cancelHandover = defineUpdate<void, [Action]>('cancelHandover');
export const undoChange = defineUpdate<void, [Action]>('undoChange');
export const acknowledge = defineUpdate<void, [Action]>('acknowledge');
/** No reminders until then: for whoever asks, or for everybody. */
export const snooze = defineUpdate<void, [Action & Snooze]>('snooze');
/** Without a scope everything is brought in. */
export const syncNow = defineUpdate<void, [Action & { scope?: SyncScope }]>('syncNow');
/** What a superuser says of rows that seem to be gone. */
export const decideDeletions = defineUpdate<void, [Action & { question: number; verdict: DeletionVerdict }]>(
  'decideDeletions',
);
/** What the login in use may read, in every company; everybody reads how it goes. */
export const verify = defineUpdate<void, [Action]>('verify');
export const pause = defineUpdate<void, [Action]>('pause');
export const resume = defineUpdate<void, [Action]>('resume');
/** To a change that is under way. A superuser wants it in spite of what it may lose; `reason` when something is lost. */
export const confirmChange = defineUpdate<void, [Action & { reason: string | null }]>('confirmChange');
/** Another superuser agrees to the loss. */
export const agreeToChange = defineUpdate<void, [Action]>('agreeToChange');
export const declineChange = defineUpdate<void, [Action]>('declineChange');
/** Null: nobody stands in any more. */
export const setStandIn = defineUpdate<void, [Action & { person: string | null }]>('setStandIn');
export const cancelInvitation = defineUpdate<void, [Action]>('cancelInvitation');

export const connectionState = defineQuery<ConnectionState>('connectionState');

/** Signals from the connection to whichever child is waiting for a human. */
export const signedIn = defineSignal<[{ signInId: string }]>('signedIn');
export const companiesChosen = defineSignal<[{ by: string; companies: string[] | 'all' }]>('companiesChosen');
export const acknowledged = defineSignal<[Action]>('acknowledged');
export const snoozed = defineSignal<[Action & Snooze]>('snoozed');
export const cancelled = defineSignal<[{ by: string }]>('cancelled');
/** To the round that is under way: bring this in as well, now. */
export const wished = defineSignal<[SyncWish]>('wished');
/** From a change to its connection, which may have begun a fresh history meanwhile. */
export const changeEnded = defineSignal<[{ change: number; result: ChangeResult }]>('changeEnded');
/** A person's own login is known and works; who stands in with it is verified. */
export const personLinked = defineSignal<[{ person: string }]>('personLinked');
export const mendedElsewhere = defineSignal<[{ by: string }]>('mendedElsewhere');

/** Error types an update may be refused with; the message is in words for people. */
export const refusal = 'Refused';

/** What the connection hands to the children that wait for a human. */
export interface InvitationInput {
  connectionId: string;
  /** Office user who is asked to log in. */
  person: string;
  /** Office user who wants it. */
  askedBy: string;
  waits: Waits;
}
export type SetUpResult = { kind: 'connected'; login: Login; companies: number } | { kind: 'abandoned' };

export interface ChangeInput extends InvitationInput {
  change: number;
  /** Office user who is it meanwhile. */
  from: string;
  /** The login that is in use meanwhile, and whether it works. */
  current: Login;
  isCurrentWell: boolean;
  /** What becomes of the former login once the change cannot be undone any more. */
  fate: FormerFate;
  /** Nobody is there to log in or to decide: it happens by itself or not at all. */
  isUnattended: boolean;
}
export type ChangeResult =
  | {
      kind: 'changed';
      login: Login;
      person: string;
      askedBy: string;
      fate: FormerFate;
      weighed: Weighed;
      approval: Approval;
    }
  | { kind: 'unchanged'; because: ChangeEnd };
/** Why nothing changed, and who wanted it so. */
export interface ChangeEnd {
  kind: 'lapsed' | 'cancelled' | 'not-linked' | 'not-by-itself' | 'needs-second';
  by: string | null;
}

export interface ReconnectInput {
  connectionId: string;
  /** Whose link it is, whoever mends it. */
  synchronisationUserId: string;
  incident: number;
  cause: LinkCause;
  /** When the login broke. */
  since: Moment;
  expected: Login;
  /** How many companies are linked. */
  companies: number;
  waits: Waits;
  /** Only set by continue-as-new. */
  carried?: { vigil: VigilMemory };
}
export type ReconnectResult =
  | { kind: 'reconnected'; login: Login; by: string; signInId: string }
  /** Nobody logged in, and yet the login works. */
  | { kind: 'works-again'; login: Login }
  | { kind: 'mended-elsewhere'; by: string };

/** A person brought back a login of his own. */
export interface LinkPersonInput {
  connectionId: string;
  signInId: string;
}
/** A person does not want his login to be kept any longer. */
export interface UnlinkPersonInput extends Action {
  connectionId: string;
  person: string;
}

export interface SyncInput {
  connectionId: string;
  round: number;
  /** All companies and kinds are due; otherwise only what was wished is brought in. */
  planned: boolean;
  wishes: SyncWish[];
  /** Show the progress in the office channel (the first time). */
  tellProgress: boolean;
}
export interface SyncResult {
  /** The grant it worked with; that of the stop when there is one. */
  grantId: string;
  planned: boolean;
  /** The wishes that are done; what is left is wished still. */
  wishesDone: number[];
  /** Companies, changed rows, and companies or kinds that could not be had: of the planned part. */
  companies: number;
  rowsChanged: number;
  failures: number;
  /** Companies and kinds, of all of it, that could be read the last time and are refused now. */
  refused: number;
  /** Something happened to the companies that people should hear of. */
  hasNews: boolean;
  stop: Stop | null;
  /** When the first company or kind that waits for its own limit may be asked again, or null. */
  postponed: Moment | null;
}

/** A login in use that was refused outside the rounds. */
export interface BrokenLogin {
  grantId: string;
  cause: LinkCause;
  /** When it was used. */
  begunAt: Moment;
}
/** To the connection: whoever used its login was refused. */
export const loginBroke = defineSignal<[BrokenLogin]>('loginBroke');

/** Something was handed over, corrected or withdrawn; sent together with the start of the line. */
export const bookingsChanged = defineSignal('bookingsChanged');

/** Waits of a line of bookings, in milliseconds. */
export interface BookingWaits {
  /** How soon a held booking is looked at again; each further look takes twice as long … */
  firstLook: number;
  /** … up to this. */
  longestLook: number;
  /** How long after an attempt without an answer the package may still be busy with it. */
  settle: number;
}

export interface BookingsInput {
  connectionId: string;
  /** External id. */
  companyId: string;
  waits: BookingWaits;
}

/** A login whose rights are looked at: the one in use, or that of a candidate. */
export interface VerifyInput {
  connectionId: string;
  /** Unique within the connection; what is found is kept under it. */
  verification: string;
  grantId: string;
  reason: VerificationReason;
  /** How old a yes may be to be believed. */
  believedMs: number;
  waits: { retryDelayed: number; patience: number };
  /** Office user who asked for it: then everybody reads how it goes; or null. */
  by: string | null;
}
export interface VerifyResult {
  verification: string;
  grantId: string;
  reason: VerificationReason;
  /** Everything could be asked for. */
  finished: boolean;
  stop: Stop | null;
  counts: VerificationCounts;
}
