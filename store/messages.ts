import type { Moment } from '../domain/master-data.ts';
import type { Database } from './database.ts';
import type { MessageRow } from './schema.ts';

/** Something said in Slack, or about to be. Slack has no idempotency key, so the intent is written down first. */
export interface SaidMessage {
  key: string;
  channel: string;
  /** Key of the message in whose thread it stands. */
  threadKey: string | null;
  /** Slack's id of the message; null while nobody knows whether it was posted. */
  ts: string | null;
  contentHash: string | null;
  intendedAt: Moment;
}

export interface MessageStore {
  /** The message of this key; it is written down now if it is not there yet. */
  intend(key: string, channel: string, threadKey?: string | null): Promise<SaidMessage>;
  /** It stands in Slack under `ts` with this content; also after an edit. */
  posted(key: string, ts: string, contentHash: string): Promise<void>;
  get(key: string): Promise<SaidMessage | null>;
  forget(key: string): Promise<void>;
}

export function createMessageStore({ db }: Database, { now }: { now: () => Date }): MessageStore {
  async function get(key: string): Promise<SaidMessage | null> {
    const row = await db.selectFrom('messages').selectAll().where('key', '=', key).executeTakeFirst();
    return row === undefined ? null : fromRow(row);
  }
  return {
    get,
    async intend(key, channel, threadKey = null) {
      const row = {
        key,
        channel,
        thread_key: threadKey,
        ts: null,
        content_hash: null,
        intended_at: now().toISOString(),
      };
      await db
        .insertInto('messages')
        .values(row)
        .onConflict((conflict) => conflict.column('key').doNothing())
        .execute();
      return (await get(key)) ?? fromRow(row);
    },
    async posted(key, ts, contentHash) {
      const { numUpdatedRows } = await db
        .updateTable('messages')
        .set({ ts, content_hash: contentHash })
        .where('key', '=', key)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) throw new Error(`message ${key} was posted without an intent`);
    },
    async forget(key) {
      await db.deleteFrom('messages').where('key', '=', key).execute();
    },
  };
}

function fromRow(row: MessageRow): SaidMessage {
  return {
    key: row.key,
    channel: row.channel,
    threadKey: row.thread_key,
    ts: row.ts,
    contentHash: row.content_hash,
    intendedAt: row.intended_at,
  };
}
