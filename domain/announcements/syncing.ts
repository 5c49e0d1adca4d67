import type { DelayReason } from '../connection.ts';
import type { DeletionSource, QuestionState } from '../sync/deletion-guard.ts';
import type { MasterDataKind } from '../master-data.ts';
import type { ConnectionId } from '../ids.ts';

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
export interface RequestDone {
  what: 'request-done';
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
  connectionId: ConnectionId;
  connectionName: string;
  systemName: string;
  question: number;
  company: { code: string; name: string };
  kind: MasterDataKind;
  source: DeletionSource;
  /** How many, of how many. */
  rows: number;
  live: number;
  /** Of how many another row has the same code that was just seen. */
  sameCodes: number;
  /** False when the package says that the login has no right to read them. */
  mayRead: boolean;
  /** The first of them, while it is open. */
  list: { code: string | null; name: string }[];
  settled: { how: Exclude<QuestionState, 'open'>; by: string | null } | null;
}
