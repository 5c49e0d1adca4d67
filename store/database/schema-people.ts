import type { LinkCause } from '../../domain/causes.ts';
import type { MasterDataKind } from '../../domain/master-data.ts';
import type { SignInPurpose } from '../../domain/logins/sign-in.ts';
import type {
  Answer,
  Barrier,
  Evidence,
  VerificationReason,
} from '../../domain/verification/verification.ts';
import type { Flag } from './schema-flag.ts';
import type { CompanyId, ConnectionId, GrantId, PersonId } from '../../domain/ids.ts';

// Rows of the tables of people, their logins and what these may read.

/** Somebody who stands, or stood, in the office file. */
export interface OfficePersonRow {
  id: string;
  name: string;
  slack_user_id: string;
  /** JSON. */
  roles: string;
}

export interface UserLinkRow {
  id: string;
  connection_id: ConnectionId;
  office_user_id: PersonId;
  grant_id: GrantId | null;
  accounting_user_id: string | null;
  accounting_user_name: string | null;
  environment_id: string | null;
  environment_name: string | null;
  state: 'connected' | 'not-connected';
  cause: LinkCause | null;
  since: string;
  /** Key of the message that warns of it, while it stands. */
  warning: string | null;
}

export interface GrantRow {
  grant_id: GrantId;
  generation: number;
  /** Null once it was discarded; the row stays, so that a generation never comes back. */
  sealed: string | null;
  lease_holder: string | null;
  lease_until: string | null;
  updated_at: string;
  /** When it dies if nobody renews it; null when it does not, or when nobody knows. */
  expires_at: string | null;
  /** The end that people were warned of and that still stands in Slack. */
  warned_of: string | null;
}

export interface LoginDoubtRow {
  grant_id: GrantId;
  since: string;
  /** When an answer was doubted last. */
  seen_at: string;
}

export interface SignInRow {
  id: string;
  token_hash: string;
  office_user_id: PersonId;
  connection_id: ConnectionId;
  purpose: SignInPurpose;
  context: string;
  created_at: string;
  expires_at: string;
  voided_at: string | null;
  browser_hash: string | null;
  state_hash: string | null;
  sealed_return: string | null;
  returned_at: string | null;
  outcome: string | null;
  ended_at: string | null;
  /** JSON: the name and address of somebody without an account to whom the link was passed on, or null. */
  outsider: string | null;
  /** Number of the incident or of the change it is for, or null. */
  about: number | null;
  /** Office user who got the link; null where that is whose login it is. */
  held_by: string | null;
}

/** What one login may read; one row per company and kind. */
export interface RightRow {
  connection_id: ConnectionId;
  grant_id: GrantId;
  company_id: CompanyId;
  kind: MasterDataKind;
  answer: Answer;
  /** The last answer that was one. */
  known: 'yes' | 'no' | null;
  evidence: Evidence;
  barrier: Barrier | null;
  checked_at: string;
}

export interface RightChangeRow {
  connection_id: ConnectionId;
  /** The verification that found it. */
  verification: string;
  company_id: CompanyId;
  kind: MasterDataKind;
  what: 'lost' | 'gained';
  barrier: Barrier | null;
  at: string;
  /** The verification that found a loss mended. */
  mended_in: string | null;
}

export interface VerificationRow {
  connection_id: ConnectionId;
  id: string;
  grant_id: GrantId;
  reason: VerificationReason;
  started_at: string;
  finished_at: string | null;
  /** Whether what it found lost or gained was said to people. */
  told: Flag;
}
