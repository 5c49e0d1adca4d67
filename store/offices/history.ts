import type { Happening, KeptHappening } from '../../domain/connections/history-kinds.ts';
import type { Moment } from '../../domain/master-data.ts';
import type { Database } from '../database/database.ts';
import type { HistoryRow } from '../database/schema.ts';
import { readHappening } from './history-kinds.ts';
import type { ConnectionId, PersonId } from '../../domain/ids.ts';

interface Entry {
  /** Given by whoever tells it, so that telling it twice leaves one entry. */
  id: string;
  at: Moment;
  connectionId: ConnectionId;
  /** Who did it; null when nobody did. */
  officeUserId: PersonId | null;
}

/** One thing that happened to a connection. Never changed, never removed. */
export type HistoryEntry = Entry & KeptHappening;

export interface HistoryStore {
  append(entry: Entry & Happening): Promise<void>;
  get(id: string): Promise<HistoryEntry | null>;
  /** The newest entries first; `before` an entry goes on where an earlier answer ended. */
  ofConnection(
    connectionId: ConnectionId,
    page?: { limit?: number; before?: Pick<Entry, 'at' | 'id'> },
  ): Promise<HistoryEntry[]>;
}

export function createHistoryStore({ db }: Database): HistoryStore {
  return {
    async append({ id, at, connectionId, officeUserId, what, data }) {
      await db
        .insertInto('history')
        .values({
          id,
          at,
          connection_id: connectionId,
          office_user_id: officeUserId,
          what,
          data: JSON.stringify(data),
        })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    },
    async get(id) {
      const row = await db.selectFrom('history').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    },
    async ofConnection(connectionId, { limit = 50, before } = {}) {
      let query = db
        .selectFrom('history')
        .selectAll()
        .where('connection_id', '=', connectionId)
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit);
      if (before !== undefined) {
        query = query.where((eb) =>
          eb.or([eb('at', '<', before.at), eb.and([eb('at', '=', before.at), eb('id', '<', before.id)])]),
        );
      }
      return (await query.execute()).map(fromRow);
    },
  };
}

function fromRow(row: HistoryRow): HistoryEntry {
  return {
    id: row.id,
    at: row.at,
    connectionId: row.connection_id,
    officeUserId: row.office_user_id,
    ...readHappening(row.what, row.data),
  };
}
