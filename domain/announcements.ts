import type { LinkCause } from './causes.ts';
import type { DeletionSource, QuestionState } from './deletion-guard.ts';
import type { DelayReason, FormerFate } from './connection.ts';
import type { DaysAhead } from './expiry.ts';
import type { RungName } from './human-step.ts';
import type { MasterDataKind, Moment } from './master-data.ts';
import type { AwaitedPurpose } from './sign-in.ts';
import type { Barrier } from './verification.ts';

/** Everything Syncuser says of its own accord, as facts; the bot turns them into words. */
export type Announcement =
  | ConnectRequest
  | ConnectReminder
  | SyncProgress
  | WishDone
  | DeletionNotice
  | Disconnection
  | IncidentNote
  | MendRequest
  | MendReminder
  | IncidentOver
  | Delay
  | Digest
  | Stuck
  | ChangeResult
  | ChangeDecision
  | ChangeQuestionSettled
  | HandoverNews
  | SetUpNews
  | PersonalLinkNews
  | StandInNews
  | LoginExpiry
  | UnfitBookings
  | DeliveriesStopped
  | RightsChanged
  | VerificationNews
  | CompaniesNews
  | Welcome;

/** A person is asked, in a direct message, to log in to the accounting system. Edited as the story goes on. */
export interface ConnectRequest {
  what: 'connect-request';
  connectionId: string;
  connectionName: string;
  systemName: string;
  purpose: AwaitedPurpose;
  askedBy: string;
  reminded: number;
  progress:
    | { step: 'waiting' }
    | { step: 'linked'; login: string; reachable: number; total: number }
    | { step: 'done'; login: string; companies: number }
    | { step: 'not-taken'; login: string }
    | { step: 'lapsed' }
    | { step: 'cancelled'; by: string };
}

/** A line in the thread of a request that nobody answered yet: an edit of the request itself would notify nobody. */
export interface ConnectReminder {
  what: 'connect-reminder';
  connectionName: string;
  systemName: string;
  purpose: AwaitedPurpose;
  askedBy: string;
}

/** The first sync of a connection, in one message that is edited. */
export interface SyncProgress {
  what: 'sync-progress';
  connectionName: string;
  systemName: string;
  login: string;
  companiesDone: number;
  companies: number;
  rows: number;
  finished: boolean;
  /** Set while the package is down or limits us. */
  delayed: DelayReason | null;
}

/** What came in of what somebody asked for beside the planned rounds. */
export interface WishDone {
  what: 'wish-done';
  connectionName: string;
  systemName: string;
  /** Null: all of them. */
  companies: { code: string; name: string }[] | null;
  kinds: MasterDataKind[] | null;
  /** How many companies were asked for it; none when none of them can be reached. */
  asked: number;
  rowsChanged: number;
  /** Companies, or kinds of a company, that could not be had. */
  failures: number;
}

/** Rows that seem to be gone, too many to be believed: a question to the office, edited when it is settled. */
export interface DeletionNotice {
  what: 'deletion-question';
  connectionId: string;
  connectionName: string;
  systemName: string;
  question: number;
  company: { code: string; name: string };
  kind: MasterDataKind;
  source: DeletionSource;
  /** How many, of how many. */
  rows: number;
  live: number;
  /** False when the package says that the login has no right to read them. */
  mayRead: boolean;
  /** The first of them, while it is open. */
  list: { code: string | null; name: string }[];
  settled: { how: Exclude<QuestionState, 'open'>; by: string | null } | null;
}

/** One incident in one channel: since when, why, what is hit, who is on it; later how it ended. */
export interface Disconnection {
  what: 'disconnection';
  incident: number;
  connectionId: string;
  connectionName: string;
  systemName: string;
  cause: LinkCause;
  login: string;
  synchronisationUser: string;
  since: Moment;
  /** The companies hit, as far as they concern this channel. */
  companies: { code: string; name: string }[];
  /** Who may mend it, by name. */
  mayReconnect: string[];
  onIt: string | null;
  /** Nobody is reminded until then. */
  snoozed: { by: string; until: Moment } | null;
  ended: IncidentEnding | null;
}

/** How an incident ended; `by` is null when the login works again without anybody having logged in here. */
export interface IncidentEnding {
  by: string | null;
  at: Moment;
  how: 'reconnected' | 'changed' | 'works-again';
}

/** One person is asked, in a direct message, to mend a connection. Edited as the story goes on. */
export interface MendRequest {
  what: 'mend-request';
  connectionId: string;
  connectionName: string;
  systemName: string;
  cause: LinkCause;
  login: string;
  /** Why this person is asked. */
  as: Exclude<RungName, 'channel'>;
  synchronisationUser: string;
  since: Moment;
  /** How many companies are hit. */
  companies: number;
  onIt: string | null;
  snoozed: { by: string; until: Moment } | null;
  ended: IncidentEnding | null;
}

/** A line in the thread of such a request: an edit of the request itself would notify nobody. */
export interface MendReminder {
  what: 'mend-reminder';
  connectionName: string;
  openForMs: number;
  /** It broke again soon after it was mended. */
  again: boolean;
}

/** An accounting system keeps us waiting, for longer than one would not mention. One message for the whole office. */
export interface Delay {
  what: 'delay';
  reason: DelayReason;
  systemName: string;
  since: Moment;
  /** Names of the connections that wait. */
  connections: string[];
  endedAt: Moment | null;
}

/** What the office should know in the morning. */
export interface Digest {
  what: 'digest';
  lines: {
    about: 'disconnected' | 'waits-for-login' | 'paused' | 'stale' | 'login-ends';
    /** The connection. */
    name: string;
    since: Moment | null;
    /** Who is on it, was asked, or paused it. */
    who: string | null;
  }[];
}

/** A connection that should have moved and does not: a fault of ours, or of where we run. */
export interface Stuck {
  what: 'stuck';
  name: string;
  since: Moment;
  endedAt: Moment | null;
}

/** Whoever met the error is told once that it is over. */
export interface IncidentOver {
  what: 'incident-over';
  connectionName: string;
  since: Moment;
  ended: IncidentEnding;
}

/** A line in the thread of an incident. */
export interface IncidentNote {
  what: 'incident-note';
  note:
    | { kind: 'reminder'; openForMs: number; asked: string[] }
    | { kind: 'taken-up'; by: string }
    | { kind: 'let-go'; by: string; asked: string[] }
    | { kind: 'snoozed'; by: string; until: Moment; everybody: boolean }
    | { kind: 'reopened'; cause: LinkCause; systemName: string; login: string }
    | { kind: 'login-refused'; by: string; why: string }
    | {
        kind: 'reconnected';
        by: string;
        login: string;
        reachable: number;
        total: number;
        afterMs: number;
        missing: { code: string; name: string }[];
      }
    | { kind: 'changed'; by: string; login: string; afterMs: number }
    | { kind: 'works-again'; login: string; systemName: string; afterMs: number }
    | { kind: 'caught-up'; rowsChanged: number; companies: number };
}

/** What came of a change of synchronisation user, told to who asked for it. */
export interface ChangeResult {
  what: 'change-result';
  connectionId: string;
  connectionName: string;
  systemName: string;
  from: string;
  to: string;
  login: string | null;
  result:
    | { kind: 'decided' }
    | { kind: 'changed'; companies: number; undoUntil: Moment | null }
    | { kind: 'undone'; by: string }
    | { kind: 'settled'; fate: FormerFate; formerLogin: string; whereToRevoke: string | null }
    /** A planned handover that would lose something, or a loss that nobody else is there to agree to. */
    | { kind: 'not-by-itself' | 'needs-second'; lost: BarredCompanies[]; superusers: string[] }
    | { kind: 'not-linked' }
    | { kind: 'lapsed' }
    | { kind: 'cancelled'; by: string };
}

/** What a change of synchronisation user gains and loses, before it is decided. */
export interface ChangeDecision {
  what: 'change-decision';
  connectionId: string;
  connectionName: string;
  systemName: string;
  change: number;
  from: string;
  to: string;
  login: string;
  lost: BarredCompanies[];
  gained: BarredCompanies[];
  /** Can be read now, and nobody could tell of the new login. */
  uncertain: BarredCompanies[];
  stage:
    | { kind: 'undecided' }
    | { kind: 'waits-for-second' }
    /** To a second superuser. */
    | { kind: 'asks-second'; by: string; reason: string };
}

/** A planned handover: told to who leaves, to his successor and to the superusers. */
export interface HandoverNews {
  what: 'handover-news';
  connectionId: string;
  connectionName: string;
  systemName: string;
  from: string;
  to: string;
  at: Moment;
  /** Whether the successor has a login of his own that works. */
  successor: 'connected' | 'not-connected';
  /** The successor by id when he is the reader: he may connect. */
  connectAs: string | null;
  news: { kind: 'planned' } | { kind: 'reminder'; days: number } | { kind: 'cancelled'; by: string };
}

/** A second superuser need not agree any more. */
export interface ChangeQuestionSettled {
  what: 'change-question-settled';
  connectionName: string;
  systemName: string;
}

/** How a set-up goes, told to the superuser who asked for it. */
export interface SetUpNews {
  what: 'set-up-news';
  connectionName: string;
  systemName: string;
  synchronisationUser: string;
  news:
    | { kind: 'asked' }
    | { kind: 'connected'; login: string; companies: number }
    | { kind: 'lapsed' }
    | { kind: 'cancelled'; by: string };
}

/** How the link of one person with his own accounting-system user is, told to him once it breaks. */
export interface PersonalLinkNews {
  what: 'personal-link-news';
  connectionId: string;
  connectionName: string;
  systemName: string;
  personId: string;
  /** Whose link it is, when somebody else is told because nobody reads what is sent to him. */
  of: string | null;
  login: string;
  news: { kind: 'broken'; cause: LinkCause } | { kind: 'mended' } | { kind: 'ended' };
}

/** A person hears that he stands in for the synchronisation user. */
export interface StandInNews {
  what: 'stand-in-news';
  connectionId: string;
  connectionName: string;
  systemName: string;
  personId: string;
  askedBy: string;
  synchronisationUser: string;
  /** His own login, or null while he has none that works. */
  login: string | null;
}

/** A login that nobody could renew for long comes to its end; edited when it was renewed after all. */
export interface LoginExpiry {
  what: 'login-expiry';
  connectionName: string;
  systemName: string;
  login: string;
  synchronisationUser: string;
  expiresAt: Moment;
  /** Null: it was renewed, and nothing is to be done. */
  daysAhead: DaysAhead | null;
  /** A line in the thread of the first warning; an edit of that would notify nobody. */
  inThread: boolean;
}

/** Bookings of a connection that cannot be made as they are; none when all of them are settled. */
export interface UnfitBookings {
  what: 'unfit-bookings';
  connectionName: string;
  bookings: {
    reference: string;
    company: string;
    misfits: { field: string; value: string; words: string; said: string | null }[];
  }[];
}

/** A booking came back from another company than it was sent to. */
export interface DeliveriesStopped {
  what: 'deliveries-stopped';
  connectionName: string;
  systemName: string;
  reference: string;
  expected: string;
  found: string;
  since: Moment;
}

/** Companies that the same thing keeps closed, or kept closed; `kind` null is everything in them. */
export interface BarredCompanies {
  barrier: Barrier;
  kind: MasterDataKind | null;
  companies: { code: string; name: string }[];
}

/** What the login in use lost or gained since it was last looked at; edited when a loss is mended. */
export interface RightsChanged {
  what: 'rights-changed';
  connectionName: string;
  /** Id of the accounting system, for the names of its screens. */
  systemId: string;
  systemName: string;
  login: string;
  /** Linked companies that concern this channel, and how many of them can be read as a whole. */
  companies: number;
  fine: number;
  lost: BarredCompanies[];
  mended: BarredCompanies[];
  gained: BarredCompanies[];
}

/** A verification that somebody asked for, in one message that is edited. */
export interface VerificationNews {
  what: 'verification';
  connectionName: string;
  systemId: string;
  systemName: string;
  login: string;
  by: string | null;
  /** Linked companies, and how many of them were looked at. */
  companies: number;
  looked: number;
  ended: {
    how: 'finished' | 'unfinished' | 'broken';
    fine: number;
    unknown: number;
    closed: BarredCompanies[];
  } | null;
}

/** What happened to companies in the package; once, in the office channel. */
export interface CompaniesNews {
  what: 'companies-news';
  connectionId: string;
  connectionName: string;
  systemId: string;
  systemName: string;
  login: string;
  /** Can be linked now, and could not before. */
  addable: { externalId: string; code: string; name: string }[];
  /** New, and not to be had: on the screen of what keeps them closed they are opened. */
  closed: { barrier: Barrier; companies: { code: string; name: string }[] }[];
  renamed: { was: string; code: string; name: string }[];
  archived: { code: string; name: string }[];
  back: { code: string; name: string }[];
}

/** The first words in the office channel. */
export interface Welcome {
  what: 'welcome';
  officeName: string;
}

/**
 * Says an announcement once: the same key edits what was said before, also after a crash between saying and noting it.
 *
 * @example
 * await speaker.say({ key: 'incident/7/C01', to: { channel: 'C01' }, announcement });
 */
export interface Speaker {
  say(statement: Statement): Promise<void>;
}

export interface Statement {
  /** Identifies the message for ever; saying again with the same key edits it. */
  key: string;
  to: { channel: string } | { slackUser: string };
  /** Key of the message whose thread this belongs to. */
  inThreadOf?: string;
  /** Show a line of a thread in the channel as well, where everybody reads it. */
  alsoInChannel?: boolean;
  announcement: Announcement;
}
