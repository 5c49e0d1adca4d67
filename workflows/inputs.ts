import type { Objection } from '../domain/objections.ts';
import type { LinkCause } from '../domain/causes.ts';
import type { Happened } from '../domain/connections/history-kinds.ts';
import type { Approval, Weighed } from '../domain/succession/change.ts';
import type { AskedChange, ChangeFact, WhyUnmade } from '../domain/succession/change-facts.ts';
import type { ConnectionState, FormerFate, Login } from '../domain/connection.ts';
import type { Moment } from '../domain/master-data.ts';
import type { Stop, SyncRequest } from '../domain/sync/rounds.ts';
import type { VerificationCounts, VerificationReason } from '../domain/verification/verification.ts';
import type { CheckTimes } from './connections/connection-logins.ts';
import type { VerificationTimes } from './connections/connection-verification.ts';
import type { InboxMemory } from './inbox.ts';
import type { IncidentWatchMemory } from './incidents/incident-watch.ts';
import type { BookingWaits, Waits } from './waits.ts';
import type { CompanyId, ConnectionId, GrantId, PersonId, SignInId } from '../domain/ids.ts';

// What workflows are begun with and what they bring. Payloads carry ids and counts, never rows or secrets.

export interface ConnectionInput {
  connectionId: ConnectionId;
  name: string;
  system: string;
  officeId: string;
  synchronisationUserId: PersonId;
  requestedBy: PersonId;
  waits: Waits;
  /** Only set by continue-as-new. */
  carried?: Carried;
}

/** What a connection knows; with it a fresh history begins. */
export interface Carried {
  state: ConnectionState;
  recentActions: string[];
  happened: Happened[];
  changeFacts?: ChangeFact[];
  recentCalls?: string[];
  refusedActions?: RefusedAction[];
  looks?: CheckTimes;
  toldDelay?: Moment | null;
  verifications?: VerificationTimes;
  requestedChange?: ChangeRequest | null;
  requestedUndo?: string | null;
  handedOver?: number[];
  slots?: {
    setUp: ChildSlotMemory<SetUpResult>;
    round: ChildSlotMemory<SyncResult>;
    reconnect: ChildSlotMemory<ReconnectResult>;
    succession: ChildSlotMemory<ChangeResult, AskedChange>;
    verification: ChildSlotMemory<VerifyResult, AboutVerification>;
  };
}

export interface ChangeRequest {
  to: PersonId;
  by: PersonId;
  fate: FormerFate;
  isUnattended: boolean;
}

/** A child that is under way, or what it brought. */
export interface ChildSlotMemory<Result, About = null> {
  workflowId: string | null;
  brought: { result: Result | null } | null;
  about: About | null;
}
export interface AboutVerification {
  reason: VerificationReason;
  /** Office user who waits for it, or null. */
  by: PersonId | null;
}

/** Whoever causes something gives it an id, so that a retry or a double click happens once. */
export interface Action {
  actionId: string;
  /** Office user id; or the id of the accounting system, when it called us. */
  by: PersonId;
}

/** Whoever gets a signal does not know by itself when it was sent: that stands nowhere else in its history. */
export interface Sent {
  at: Moment;
}

/** What somebody asked for and was refused, so that a retry of the same click is refused the same way. */
export interface RefusedAction {
  actionId: string;
  why: Objection;
}

/** What the connection hands to the children that wait for a human. */
export interface InvitationInput {
  connectionId: ConnectionId;
  /** Office user who is asked to log in. */
  person: PersonId;
  /** Office user who wants it. */
  askedBy: PersonId;
  waits: Waits;
}
export type SetUpResult =
  | { kind: 'connected'; login: Login; companies: number }
  | { kind: 'abandoned'; because: 'cancelled' | 'lapsed'; by: PersonId | null };

export interface ChangeInput extends InvitationInput {
  change: number;
  /** Office user who is it meanwhile. */
  from: PersonId;
  /** The login that is in use meanwhile; whether it works is asked when it matters. */
  current: Login;
  /** What becomes of the former login once the change cannot be undone any more. */
  fate: FormerFate;
  /** Nobody is there to log in or to decide: it happens by itself or not at all. */
  isUnattended: boolean;
}
export type ChangeResult =
  | {
      kind: 'changed';
      login: Login;
      person: PersonId;
      askedBy: PersonId;
      fate: FormerFate;
      weighed: Weighed;
      approval: Approval;
      /** The login had been linked before anybody asked for the change. */
      hadLinkedIt: boolean;
    }
  | { kind: 'unchanged'; because: ChangeEnd };
/** Why nothing changed, and who wanted it so. */
export interface ChangeEnd {
  kind: WhyUnmade;
  by: PersonId | null;
}

export interface ReconnectInput {
  connectionId: ConnectionId;
  /** Whose link it is, whoever mends it. */
  synchronisationUserId: PersonId;
  incident: number;
  cause: LinkCause;
  /** When the login broke. */
  since: Moment;
  /** When people are to hear of it, if it is broken still: domain/incidents/incident-rules.ts. */
  tellAt: Moment;
  expected: Login;
  waits: Waits;
  /** Only set by continue-as-new. */
  carried?: { watch: IncidentWatchMemory; inbox: InboxMemory; isUnsaid: boolean };
}
/** Which login was to be mended, and which of its breaks: what comes back counts for no other. */
export interface Break {
  incident: number;
  grantId: GrantId;
  /** When the login broke. */
  since: Moment;
}
export type ReconnectResult =
  | { kind: 'reconnected'; login: Login; by: PersonId; signInId: SignInId; mends: Break }
  /** Nobody logged in, and yet the login works. */
  | { kind: 'works-again'; login: Login; mends: Break }
  | { kind: 'mended-elsewhere'; by: PersonId };

/** A person brought back a login of their own. */
export interface LinkPersonInput {
  connectionId: ConnectionId;
  signInId: SignInId;
}
/** A person does not want their login to be kept any longer. */
export interface UnlinkPersonInput extends Action {
  connectionId: ConnectionId;
  person: PersonId;
}

export interface SyncInput {
  connectionId: ConnectionId;
  round: number;
  /** All companies and kinds are due; otherwise only what was requested is brought in. */
  planned: boolean;
  requests: SyncRequest[];
  /** Show the progress in the office channel (the first time). */
  tellProgress: boolean;
}
export interface SyncResult {
  /** The grant it worked with; that of the stop when there is one. */
  grantId: GrantId;
  planned: boolean;
  /** The requests that are done; the others stay open. */
  requestsDone: number[];
  /** Companies, changed rows, and companies or kinds that could not be had: of the planned part. */
  companies: number;
  rowsChanged: number;
  failures: number;
  /** Companies and kinds, of all of it, that could be read the last time and are refused now. */
  refused: number;
  /** How many lists came in, of what was planned. */
  read: number;
  /** Something happened to the companies that people should hear of. */
  hasNews: boolean;
  stop: Stop | null;
  /** When the first company or kind that waits for its own limit may be asked again, or null. */
  postponed: Moment | null;
}

/** A login in use that was refused outside the rounds. */
export interface BrokenLogin {
  grantId: GrantId;
  cause: LinkCause;
  /** When it was used. */
  begunAt: Moment;
}
export interface BookingsInput {
  connectionId: ConnectionId;
  /** External id. */
  companyId: CompanyId;
  waits: BookingWaits;
}

/** Something that Slack did not take at once: what it is and for whom, in words for operators. */
export interface DeliverInput {
  key: string;
  whom: string;
  what: string;
}

/** A login whose rights are looked at: the one in use, or that of a candidate. */
export interface VerifyInput {
  connectionId: ConnectionId;
  /** Unique within the connection; what is found is kept under it. */
  verification: string;
  grantId: GrantId;
  reason: VerificationReason;
  /** How old a yes may be to be believed. */
  believedMs: number;
  waits: { retryDelayed: number; patience: number };
  /** Office user who asked for it: then everybody reads how it goes; or null. */
  by: PersonId | null;
}
export interface VerifyResult {
  verification: string;
  grantId: GrantId;
  reason: VerificationReason;
  /** Everything could be asked for. */
  finished: boolean;
  stop: Stop | null;
  counts: VerificationCounts;
}
