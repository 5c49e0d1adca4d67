import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Announcement } from '../domain/announcements/index.ts';
import { recipientId, type Delivery, type Refusal, type Statement } from '../domain/deliveries.ts';
import type { Moment } from '../domain/master-data.ts';
import type { Database } from './database/database.ts';
import { parseJson } from './database/json.ts';
import type { DeliveryRow } from './database/schema.ts';
import type { SharedClock } from './database/shared-clock.ts';

/** What people are to be told: a row per recipient and announcement (domain/deliveries.ts). */
export interface DeliveryStore {
  /**
   * Writes down what is to be said; the same key says it anew. What was not said yet of the same topic to the same
   * recipient is overtaken by it. Null when there is nothing to say, because an edit has nothing to edit.
   */
  write(statement: Statement): Promise<Delivery | null>;
  get(key: string): Promise<Delivery | null>;
  /** Everything in the thread of this message, the oldest first. */
  below(key: string): Promise<Delivery[]>;
  /** Lines of the same thread that were written earlier and are not said yet, the oldest first; their keys. */
  dueBefore(delivery: Delivery): Promise<string[]>;
  /**
   * For so long nobody else tries it; a claim that is `held` is prolonged. Returns what it is held by, or null when somebody
   * else has it.
   */
  claim(key: string, forMs: number, held?: string): Promise<string | null>;
  release(key: string, held: string): Promise<void>;
  /**
   * It is about to be posted in this channel, as this version says: until an answer comes it may stand there unknown to us.
   * False when there is something newer to say, or nothing any more.
   */
  sending(key: string, channel: string, version: number): Promise<boolean>;
  /** Slack surely did not take what was about to be posted. */
  notSent(key: string): Promise<void>;
  /** It was found there after its answer was lost. */
  found(key: string, message: { channel: string; ts: string; contentHash: string }): Promise<void>;
  /** It stands there under `ts`, as it was to be said in this version. False when there is something newer to say. */
  said(key: string, message: { ts: string; contentHash: string; version: number }): Promise<boolean>;
  /** It was not taken. */
  refused(key: string, refusal: Refusal): Promise<void>;
  /** The message is gone, or cannot be edited any more: the next one is a new one. */
  forgetMessage(key: string): Promise<void>;
  /** Ends what this version says. False when there is something newer to say. */
  end(key: string, state: 'overtaken' | 'given-up', version: number): Promise<boolean>;
  /** Somebody did something with the message that stands there: they have read it. The first time counts. */
  seen(place: { channel: string; ts: string }): Promise<void>;
  /** How many wait to be said, and since when the first of them does. */
  waiting(): Promise<{ count: number; since: Moment | null }>;
  /** Keys of what is due to this channel or person; the oldest first. */
  dueTo(recipient: string): Promise<string[]>;
  /** What has been due since before this moment; the oldest first. */
  dueSince(before: Moment): Promise<Delivery[]>;
}

export function createDeliveryStore(
  { db, transact }: Database,
  { now, clock }: { now: () => Date; clock: SharedClock },
): DeliveryStore {
  const at = () => now().toISOString();
  const patch = (key: string, set: Partial<DeliveryRow>) =>
    db.updateTable('deliveries').set(set).where('key', '=', key).executeTakeFirst();

  async function get(key: string): Promise<Delivery | null> {
    const row = await db.selectFrom('deliveries').selectAll().where('key', '=', key).executeTakeFirst();
    return row === undefined ? null : fromRow(row);
  }

  return {
    get,
    write: (statement) =>
      transact(`delivery/${statement.key}`, async (trx) => {
        const { key } = statement;
        const known = await trx
          .selectFrom('deliveries')
          .selectAll()
          .where('key', '=', key)
          .executeTakeFirst();
        const said = toRow(statement);
        if (!known) {
          if (statement.onlyIfSaid) return null;
          if (statement.topic !== undefined)
            await trx
              .updateTable('deliveries')
              .set({ state: 'overtaken' })
              .where('state', '=', 'due')
              .where('ts', 'is', null)
              .where('recipient', '=', said.recipient)
              .where('topic', '=', statement.topic)
              .execute();
          const row = { ...said, ...untold, key, written_at: at(), due_since: at() };
          await trx.insertInto('deliveries').values(row).execute();
          return fromRow(row);
        }
        const isSame = known.announcement === said.announcement && ['said', 'due'].includes(known.state);
        if (isSame) return fromRow(known);
        if (statement.onlyIfSaid && known.ts === null && known.sent_at === null) {
          await trx.updateTable('deliveries').set({ state: 'overtaken' }).where('key', '=', key).execute();
          return null;
        }
        const news = { version: known.version + 1, refusal: null, due_since: at() };
        const set = { ...said, ...news, state: 'due' as const };
        await trx.updateTable('deliveries').set(set).where('key', '=', key).execute();
        return fromRow({ ...known, ...set });
      }),

    async below(key) {
      const rows = await db
        .selectFrom('deliveries')
        .selectAll()
        .where('thread_key', '=', key)
        .orderBy('written_at')
        .execute();
      return rows.map(fromRow);
    },

    async dueBefore({ key, inThreadOf, writtenAt }) {
      if (inThreadOf === null) return [];
      const rows = await db
        .selectFrom('deliveries')
        .select('key')
        .where('state', '=', 'due')
        .where('ts', 'is', null)
        .where('key', '!=', key)
        .where((eb) => eb.or([eb('key', '=', inThreadOf), eb('thread_key', '=', inThreadOf)]))
        .where('written_at', '<', writtenAt)
        .orderBy('written_at')
        .execute();
      return rows.map((row) => row.key);
    },

    async claim(key, forMs, held = '') {
      const from = await clock(db);
      // Two processes never claim under the same words, also in the same millisecond.
      const claim = `${new Date(from.getTime() + forMs).toISOString()} ${randomUUID()}`;
      const { numUpdatedRows } = await db
        .updateTable('deliveries')
        .set({ claimed_until: claim })
        .where('key', '=', key)
        .where((eb) =>
          eb.or([
            eb('claimed_until', 'is', null),
            eb('claimed_until', '<', from.toISOString()),
            eb('claimed_until', '=', held),
          ]),
        )
        .executeTakeFirst();
      return numUpdatedRows > 0n ? claim : null;
    },
    async release(key, held) {
      await db
        .updateTable('deliveries')
        .set({ claimed_until: null })
        .where('key', '=', key)
        .where('claimed_until', '=', held)
        .execute();
    },
    async sending(key, channel, version) {
      const { numUpdatedRows } = await db
        .updateTable('deliveries')
        .set((eb) => ({ channel, sent_at: at(), posted_tells_of: eb.ref('tells_of') }))
        .where('key', '=', key)
        .where('version', '=', version)
        .where('state', 'in', ['due', 'said'])
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async notSent(key) {
      await patch(key, { sent_at: null });
    },
    async found(key, { channel, ts, contentHash }) {
      await patch(key, { channel, ts, content_hash: contentHash, sent_at: null });
    },

    async said(key, { ts, contentHash, version }) {
      await db
        .updateTable('deliveries')
        .set((eb) => ({
          ts,
          content_hash: contentHash,
          sent_at: null,
          refusal: null,
          said_at: eb.fn.coalesce('said_at', eb.val(at())),
        }))
        .where('key', '=', key)
        .execute();
      const { numUpdatedRows } = await db
        .updateTable('deliveries')
        .set({ state: 'said' })
        .where('key', '=', key)
        .where('version', '=', version)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async refused(key, { code, about }) {
      await patch(key, { refusal: JSON.stringify({ code, about, at: at() }) });
    },
    async forgetMessage(key) {
      await patch(key, { ts: null, content_hash: null, sent_at: null });
    },
    async end(key, state, version) {
      const { numUpdatedRows } = await db
        .updateTable('deliveries')
        .set({ state })
        .where('key', '=', key)
        .where('version', '=', version)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async seen({ channel, ts }) {
      await db
        .updateTable('deliveries')
        .set({ seen_at: at() })
        .where('channel', '=', channel)
        .where('ts', '=', ts)
        .where('seen_at', 'is', null)
        .execute();
    },

    async waiting() {
      const { count, since } = await db
        .selectFrom('deliveries')
        .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.min('due_since').as('since')])
        .where('state', '=', 'due')
        .executeTakeFirstOrThrow();
      return { count, since };
    },

    async dueTo(recipient) {
      const rows = await db
        .selectFrom('deliveries')
        .select('key')
        .where('state', '=', 'due')
        .where('recipient', '=', recipient)
        .orderBy('written_at')
        .execute();
      return rows.map(({ key }) => key);
    },

    async dueSince(before) {
      const rows = await db
        .selectFrom('deliveries')
        .selectAll()
        .where('state', '=', 'due')
        .where('due_since', '<', before)
        .orderBy('due_since')
        .execute();
      return rows.map(fromRow);
    },
  };
}

const untold = {
  state: 'due',
  version: 1,
  channel: null,
  ts: null,
  content_hash: null,
  sent_at: null,
  posted_tells_of: '[]',
  claimed_until: null,
  refusal: null,
  said_at: null,
  seen_at: null,
} as const;

function toRow(statement: Statement) {
  const { to, announcement, inThreadOf, alsoInChannel, onlyIfSaid, topic, tellsOf } = statement;
  return {
    recipient: recipientId(to),
    recipient_kind: 'channel' in to ? 'channel' : 'person',
    announcement: JSON.stringify(announcement),
    thread_key: inThreadOf ?? null,
    also_in_channel: alsoInChannel ? 1 : 0,
    only_if_said: onlyIfSaid ? 1 : 0,
    topic: topic ?? null,
    tells_of: JSON.stringify(tellsOf ?? []),
  } as const;
}

/** Facts as this program wrote them; each kind of them is a type in domain/announcements/. */
const announcementSchema = z.looseObject({ what: z.string() });
const refusalSchema = z.object({
  code: z.string(),
  about: z.enum(['passing', 'recipient', 'message', 'installation']),
  at: z.string(),
});

function fromRow(row: DeliveryRow): Delivery {
  return {
    key: row.key,
    to: row.recipient_kind === 'channel' ? { channel: row.recipient } : { slackUser: row.recipient },
    announcement: parseJson(announcementSchema, row.announcement) as unknown as Announcement,
    inThreadOf: row.thread_key,
    alsoInChannel: row.also_in_channel === 1,
    onlyIfSaid: row.only_if_said === 1,
    tellsOf: parseJson(z.array(z.number()), row.tells_of),
    postedTellsOf: parseJson(z.array(z.number()), row.posted_tells_of),
    state: row.state,
    version: row.version,
    channel: row.channel,
    ts: row.ts,
    contentHash: row.content_hash,
    sentAt: row.sent_at,
    refusal: row.refusal === null ? null : parseJson(refusalSchema, row.refusal),
    writtenAt: row.written_at,
    saidAt: row.said_at,
    seenAt: row.seen_at,
  };
}
