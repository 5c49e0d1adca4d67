import type { LinkCause } from '../../domain/causes.ts';
import type { DeliveryState } from '../../domain/deliveries.ts';
import type { ConnectionId, GrantId, PersonId } from '../../domain/ids.ts';

// Rows of the tables of what breaks or lasts, and what was said in Slack.

export interface IncidentRow {
  number: number;
  connection_id: ConnectionId;
  cause: LinkCause;
  /** The grant of the login that broke, or null where nobody said. */
  grant_id: GrantId | null;
  /** When the login last worked before, or null when it never did. */
  last_good_at: string | null;
  opened_at: string;
  /** When the first message stood in Slack. */
  told_at: string | null;
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
  office_user_id: PersonId;
  role: 'asked' | 'affected';
  since: string;
}

/** What a package last said when it refused the login of a connection. */
export interface LoginRefusalRow {
  connection_id: ConnectionId;
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

/** What is to be told to one recipient; domain/deliveries.ts says what each fact means. */
export interface DeliveryRow {
  key: string;
  recipient: string;
  recipient_kind: 'channel' | 'person';
  announcement: string;
  thread_key: string | null;
  also_in_channel: 0 | 1;
  only_if_said: 0 | 1;
  topic: string | null;
  tells_of: string;
  /** Of which it told when it was posted. */
  posted_tells_of: string;
  state: DeliveryState;
  version: number;
  channel: string | null;
  ts: string | null;
  content_hash: string | null;
  sent_at: string | null;
  /** Until then one process tries it, and no other. */
  claimed_until: string | null;
  refusal: string | null;
  written_at: string;
  /** Since when there is something new to say. */
  due_since: string;
  said_at: string | null;
  seen_at: string | null;
}

/** Whom Slack does not let us reach, since when and why; the installation itself under the name `slack`. */
export interface UnreachableRow {
  recipient: string;
  kind: 'channel' | 'person' | 'installation';
  code: string;
  since: string;
}

export interface WholeListRow {
  id: string;
  /** JSON, an array of texts. */
  lines: string;
  said_at: string;
}
