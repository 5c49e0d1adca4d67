import type { LinkCause } from '../domain/causes.ts';
import type { Weighed } from '../domain/change.ts';
import type { ConnectionState, FormerFate, Login } from '../domain/connection.ts';
import type { Moment } from '../domain/master-data.ts';
import type { Stop, SyncWish } from '../domain/rounds.ts';
import type { VerificationCounts, VerificationReason } from '../domain/verification.ts';
import type { Approval } from './change-decision.ts';
import type { LookTimes } from './connection-logins.ts';
import type { VerificationTimes } from './connection-verification.ts';
import type { VigilMemory } from './vigil.ts';
import type { BookingWaits, Waits } from './waits.ts';

// What workflows are begun with and what they bring. Payloads carry ids and counts, never rows or secrets.

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
