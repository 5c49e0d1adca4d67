import type { FormerSettled, WhyUnmade } from '../../domain/succession/change-facts.ts';
import type { Flag } from './schema-flag.ts';
import type { ConnectionId } from '../../domain/ids.ts';

// Rows of the tables of who is the synchronisation user.

/** One change; who by their ids in the office file. */
export interface ChangeRow {
  connection_id: ConnectionId;
  number: number;
  from_id: string;
  to_id: string;
  asked_by: string;
  asked_at: string;
  /** It is a handover whose day had come. */
  unattended: Flag;
  /** Null while it is under way. */
  outcome: 'made' | WhyUnmade | null;
  ended_at: string | null;
  /** Who refused it or called it off; null where nobody did. */
  ended_by: string | null;
  login: string | null;
  former_login: string | null;
  had_linked_it: Flag | null;
  /** JSON: what was gained and lost, in counts. */
  weighed: string | null;
  confirmed_by: string | null;
  reason: string | null;
  agreed_by: string | null;
  undone_at: string | null;
  undone_by: string | null;
  settled_at: string | null;
  fate: FormerSettled['fate'] | null;
  stand_in_id: string | null;
}
