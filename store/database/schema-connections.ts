import type { LinkCause } from '../../domain/causes.ts';
import type { CompanyEvent, CompanyStatus } from '../../domain/connections/company.ts';
import type { DelayReason, Health, LinkState } from '../../domain/connection.ts';
import type { Flag } from './schema-flag.ts';
import type { CompanyId, ConnectionId, PersonId } from '../../domain/ids.ts';

// Rows of the tables of connections, their companies, and how they use the package.

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
  /** JSON of SyncRequest[]. */
  requests: string;
  changing_to: string | null;
  /** JSON. */
  former: string | null;
  /** JSON. */
  handover: string | null;
  catching_up_after: number | null;
  revision: number;
}

/** A call of a package that was heard. */
export interface HeardCallRow {
  id: string;
  heard_at: string;
}

export interface CompanyRow {
  connection_id: ConnectionId;
  external_id: string;
  code: string;
  name: string;
  status: CompanyStatus;
  linked: Flag;
  /** What the list of companies said last; `status` may know more, from reading. */
  listed_as: CompanyStatus;
  status_since: string;
  last_seen_at: string;
}

/** What a listing of companies brought that people should hear of. */
export interface CompanyNewsRow {
  connection_id: ConnectionId;
  company_id: CompanyId;
  what: CompanyEvent;
  at: string;
  /** What it was called before, where that changed. */
  was: string | null;
  /** The occasion on which it was told, or null. */
  told_on: string | null;
}

export interface HistoryRow {
  id: string;
  at: string;
  connection_id: ConnectionId;
  office_user_id: PersonId | null;
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
