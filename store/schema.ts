import type { LinkCause } from '../domain/causes.ts';
import type { CompanyEvent, CompanyStatus } from '../domain/company.ts';
import type { DeletionSource, QuestionState } from '../domain/deletion-guard.ts';
import type { DelayReason, Health, LinkState } from '../domain/connection.ts';
import type { Gate } from '../domain/gates.ts';
import type { MasterDataKind } from '../domain/master-data.ts';
import type { BookingState, HoldReason } from '../domain/purchase-booking.ts';
import type { SignInPurpose } from '../domain/sign-in.ts';
import type { Answer, Barrier, Evidence, VerificationReason } from '../domain/verification.ts';

/**
 * The tables as they are (migrations/). Times are ISO text in UTC, booleans 0 or 1, JSON is text; the mapper in each
 * entity's file turns them into domain words. `connections` is a copy of what the connection workflow knows and may
 * lag behind it, so nothing has a foreign key to it.
 */
export interface Schema {
  office_people: OfficePersonRow;
  connections: ConnectionRow;
  user_links: UserLinkRow;
  grants: GrantRow;
  companies: CompanyRow;
  sync_positions: SyncPositionRow;
  pass_pages: PassPageRow;
  deletion_questions: DeletionQuestionRow;
  held_deletions: HeldDeletionRow;
  change_feeds: ChangeFeedRow;
  master_data: MasterDataTableRow;
  sign_ins: SignInRow;
  incidents: IncidentRow;
  incident_events: IncidentEventRow;
  incident_people: IncidentPersonRow;
  login_refusals: LoginRefusalRow;
  notices: NoticeRow;
  messages: MessageRow;
  history: HistoryRow;
  call_allowances: CallAllowanceRow;
  call_mishaps: CallMishapsRow;
  unknown_replies: UnknownReplyRow;
  rights: RightRow;
  right_changes: RightChangeRow;
  verifications: VerificationRow;
  purchase_bookings: PurchaseBookingRow;
  booking_notices: BookingNoticeRow;
  delivery_stops: DeliveryStopRow;
  company_news: CompanyNewsRow;
}

type Flag = 0 | 1;

export interface ConnectionRow {
  id: string;
  name: string;
  system: string;
  link_state: LinkState['state'];
  link_since: string;
  link_cause: LinkCause | null;
  health: Health['state'];
  delay_reason: DelayReason | null;
  delayed_since: string | null;
  delayed_until: string | null;
  paused_by: string | null;
  synchronisation_user_id: string;
  stand_in_id: string | null;
  login: string | null;
  requested_by: string;
  incident: number | null;
  companies: number;
  round: number;
  changes: number;
  last_success_at: string | null;
  syncing_since: string | null;
  next_sync_at: string | null;
  /** JSON of SyncWish[]. */
  wishes: string;
  changing_to: string | null;
  /** JSON. */
  former: string | null;
  /** JSON. */
  handover: string | null;
  catching_up_after: number | null;
  revision: number;
}

export interface UserLinkRow {
  id: string;
  connection_id: string;
  office_user_id: string;
  grant_id: string | null;
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
  grant_id: string;
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

export interface CompanyRow {
  connection_id: string;
  external_id: string;
  code: string;
  name: string;
  status: CompanyStatus;
  linked: Flag;
  status_since: string;
  last_seen_at: string;
}

export interface SyncPositionRow {
  connection_id: string;
  company_id: string;
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
  /** JSON of RoundCounts: of the round before, which may go on after what was wished has overtaken it. */
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
  /** How many of its rows are in held_deletions. */
  held: number;
  /** The open question about its deletions. */
  question: number | null;
}

/** The ids that one page of the full pass under way found unchanged. */
export interface PassPageRow {
  connection_id: string;
  company_id: string;
  kind: MasterDataKind;
  page: number;
  /** JSON of external ids. */
  ids: string;
}

/** Deletions that are too many to be believed, as one question to a human. */
export interface DeletionQuestionRow {
  connection_id: string;
  /** Counts within the connection. */
  number: number;
  company_id: string;
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
  connection_id: string;
  company_id: string;
  kind: MasterDataKind;
  external_id: string;
  question: number;
  source: DeletionSource;
  /** The full pass that was the newest when it was held. */
  pass: number;
  /** A human said that it is still there: nobody is asked again before it was seen once more. */
  kept: Flag;
}

/** The last number given out in the change feed of a connection. */
export interface ChangeFeedRow {
  connection_id: string;
  last_seq: number;
}

export interface MasterDataTableRow {
  connection_id: string;
  company_id: string;
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

export interface SignInRow {
  id: string;
  token_hash: string;
  office_user_id: string;
  connection_id: string;
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
}

export interface IncidentRow {
  number: number;
  connection_id: string;
  cause: LinkCause;
  /** When the login last worked before, or null when it never did. */
  last_good_at: string | null;
  opened_at: string;
  /** When the first message stood in Slack. */
  told_at: string | null;
  /** How often it broke again soon after its end. */
  reopened: number;
  /** Number of the incident whose messages it shares, or null: it has its own. */
  joined: number | null;
  ended_at: string | null;
  ended_by: string | null;
  how: string | null;
}

export interface IncidentPersonRow {
  incident: number;
  office_user_id: string;
  role: 'asked' | 'affected';
  since: string;
}

/** What a package last said when it refused the login of a connection. */
export interface LoginRefusalRow {
  connection_id: string;
  at: string;
  saw: string;
}

/** Something that lasts and asks nobody for a login: the package is down, a connection does not move. */
export interface NoticeRow {
  number: number;
  subject: string;
  began_at: string;
  ended_at: string | null;
}

export interface IncidentEventRow {
  incident: number;
  event_id: string;
  position: number;
  at: string;
  kind: string;
  data: string;
}

export interface MessageRow {
  key: string;
  channel: string;
  thread_key: string | null;
  ts: string | null;
  content_hash: string | null;
  intended_at: string;
}

export interface HistoryRow {
  id: string;
  at: string;
  connection_id: string;
  office_user_id: string | null;
  what: string;
  data: string;
}

export interface CallAllowanceRow {
  key: string;
  /** JSON: by name, how many calls were set aside in the stretch of time under way (call-windows.ts). */
  windows: string;
  updated_at: string;
}

export interface CallMishapsRow {
  key: string;
  /** JSON: the newest few, oldest first. */
  moments: string;
  /** When none of them counts any more. */
  forgotten_at: string;
}

export interface UnknownReplyRow {
  /** Made of what the reply says, so that the same one is kept once. */
  id: string;
  first_at: string;
  last_at: string;
  times: number;
  system: string;
  method: string;
  path: string;
  status: number;
  reason: string | null;
  why: string;
  body: string;
}

/** What one login may read; one row per company and kind. */
export interface RightRow {
  connection_id: string;
  grant_id: string;
  company_id: string;
  kind: MasterDataKind;
  answer: Answer;
  /** The last answer that was one. */
  known: 'yes' | 'no' | null;
  evidence: Evidence;
  barrier: Barrier | null;
  checked_at: string;
}

export interface RightChangeRow {
  connection_id: string;
  /** The verification that found it. */
  verification: string;
  company_id: string;
  kind: MasterDataKind;
  what: 'lost' | 'gained';
  barrier: Barrier | null;
  at: string;
  /** The verification that found a loss mended. */
  mended_in: string | null;
}

export interface VerificationRow {
  connection_id: string;
  id: string;
  grant_id: string;
  reason: VerificationReason;
  started_at: string;
  finished_at: string | null;
  /** Whether what it found lost or gained was said to people. */
  told: Flag;
}

export interface PurchaseBookingRow {
  id: string;
  connection_id: string;
  company_id: string;
  position: number;
  reference: string;
  /** JSON: what the caller handed over. */
  content: string;
  content_hash: string;
  pinned: string;
  invoice_date: string;
  state: BookingState;
  hold_reason: HoldReason | null;
  hold_until: string | null;
  /** JSON, empty unless it does not fit. */
  misfits: string;
  misfit_list: number | null;
  attempted_at: string | null;
  entered_at: string | null;
  handed_over: Flag;
  entry_id: string | null;
  entry_number: string | null;
  received_at: string;
  changed_at: string;
  revision: number;
}

export interface BookingNoticeRow {
  id: string;
  booking_id: string;
  connection_id: string;
  company_id: string;
  revision: number;
  at: string;
  facts: string;
  sent_at: string | null;
}

export interface DeliveryStopRow {
  connection_id: string;
  booking_id: string;
  expected_company: string;
  found_company: string;
  at: string;
}

/** What a listing of companies brought that people should hear of. */
export interface CompanyNewsRow {
  connection_id: string;
  company_id: string;
  what: CompanyEvent;
  at: string;
  /** What it was called before, where that changed. */
  was: string | null;
  /** The occasion on which it was told, or null. */
  told_on: string | null;
}

/** Somebody who stands, or stood, in the office file. */
export interface OfficePersonRow {
  id: string;
  name: string;
  slack_user_id: string;
  /** JSON. */
  roles: string;
}
