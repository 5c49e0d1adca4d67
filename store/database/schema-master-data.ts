import type { DeletionSource, QuestionState } from '../../domain/sync/deletion-guard.ts';
import type { Gate } from '../../domain/connections/gates.ts';
import type { MasterDataKind } from '../../domain/master-data.ts';
import type { Flag } from './schema-flag.ts';
import type { CompanyId, ConnectionId } from '../../domain/ids.ts';

// Rows of the tables of master data and where each kind of it is.

export interface SyncPositionRow {
  connection_id: ConnectionId;
  company_id: CompanyId;
  kind: MasterDataKind;
  checkpoint: string | null;
  rows: number;
  last_success_at: string | null;
  /** Until then its rows are brought in for the first time. */
  first_success_at: string | null;
  last_attempt_at: string | null;
  error_code: string | null;
  error_text: string | null;
  /** Which gate is closed, where that is what the error is about. */
  error_gate: Gate | null;
  synced_round: number;
  /** The round the four counts below belong to; they start again with the first page of another round. */
  counted_round: number;
  inserted: number;
  changed: number;
  reappeared: number;
  deleted: number;
  /** JSON of RoundCounts: of the round before, which may go on after a sync request has overtaken it. */
  other_counts: string | null;
  /** The number of the newest full pass, 0 before the first; and whether it is under way. */
  pass: number;
  pass_running: Flag;
  /** Under which number its next page of ids is kept; 0 when nothing was there that it could miss. */
  pass_page: number;
  pass_began_at: string | null;
  /** The last number in the change feed when it began: what has a later one was seen since. */
  pass_began_after: number | null;
  /** When one last came to its end. */
  pass_ended_at: string | null;
  /** What proved then that it had seen everything; null where nothing did. */
  pass_proof: string | null;
  /** How many of its rows are in held_deletions. */
  held: number;
  /** The open question about its deletions. */
  question: number | null;
}

/** The ids that one page of the full pass under way found unchanged. */
export interface PassPageRow {
  connection_id: ConnectionId;
  company_id: CompanyId;
  kind: MasterDataKind;
  page: number;
  /** JSON of external ids. */
  ids: string;
}

export interface MasterDataTableRow {
  connection_id: ConnectionId;
  company_id: CompanyId;
  kind: MasterDataKind;
  external_id: string;
  code: string | null;
  name: string;
  active: Flag;
  details: string;
  modified_at: string | null;
  content_hash: string;
  first_seen_at: string;
  changed_at: string;
  deleted_at: string | null;
  change_seq: number;
  /** What it said before it last changed in content; all null as long as it never did. */
  previous_code: string | null;
  previous_name: string | null;
  previous_active: Flag | null;
  previous_details: string | null;
  /** Set where that change was its coming back. */
  previous_deleted_at: string | null;
  /** When it changed; null for what changed before this was kept. */
  previous_until: string | null;
}

/** The last number given out in the change feed of a connection. */
export interface ChangeFeedRow {
  connection_id: ConnectionId;
  last_seq: number;
}

/** Deletions that are too many to be believed, as one question to a human. */
export interface DeletionQuestionRow {
  connection_id: ConnectionId;
  /** Counts within the connection. */
  number: number;
  company_id: CompanyId;
  kind: MasterDataKind;
  source: DeletionSource;
  /** How many rows seem to be gone, of how many. */
  rows: number;
  live: number;
  /** What the package says of the right to read them: yes, no, unknown; null when it was not asked. */
  may_read: string | null;
  state: QuestionState;
  asked_at: string;
  settled_at: string | null;
  settled_by: string | null;
  /** Something about it has not been said in Slack yet. */
  untold: Flag;
}

/** A row that seems to be gone and counts as live until the question is settled. */
export interface HeldDeletionRow {
  connection_id: ConnectionId;
  company_id: CompanyId;
  kind: MasterDataKind;
  external_id: string;
  question: number;
  source: DeletionSource;
  /** The full pass that was the newest when it was held. */
  pass: number;
  /** A human said that it is still there: of what this source says nobody is asked again before it was seen once more. */
  kept: Flag;
  /** The other source, where a human had answered about what that said before. */
  kept_before: DeletionSource | null;
}

/** From when on the clock of the office is so many minutes ahead of UTC. */
export interface OfficeClockRow {
  begins_at: string;
  minutes: number;
}
