import type { LinkCause } from '../domain/causes.ts';

// Rows of the tables of what breaks or lasts, and what was said in Slack.

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

export interface IncidentEventRow {
  incident: number;
  event_id: string;
  position: number;
  at: string;
  kind: string;
  data: string;
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

export interface MessageRow {
  key: string;
  channel: string;
  thread_key: string | null;
  ts: string | null;
  content_hash: string | null;
  intended_at: string;
}
