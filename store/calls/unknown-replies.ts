import { createHash } from 'node:crypto';
import type { UnknownReplies, UnknownReply } from '../../accounting/unknown-replies.ts';
import type { Moment } from '../../domain/master-data.ts';
import type { Database } from '../database/database.ts';

export interface KeptReply extends UnknownReply {
  firstAt: Moment;
  lastAt: Moment;
  /** How often the package answered just this. */
  times: number;
}

/** Replies of accounting systems that nobody understood: the newest 200, for diagnosis. */
export interface UnknownReplyStore extends UnknownReplies {
  /** The newest first. */
  all(): Promise<KeptReply[]>;
}

const kept = 200;

export function createUnknownReplyStore(
  { db, transact }: Database,
  { now }: { now: () => Date },
): UnknownReplyStore {
  return {
    async keep({ text, ...reply }) {
      const row = { ...reply, body: text };
      const id = createHash('sha256')
        .update(JSON.stringify(Object.entries(row).sort()))
        .digest('hex');
      const at = now().toISOString();
      await transact('unknown-replies', async (trx) => {
        await trx
          .insertInto('unknown_replies')
          .values({ id, first_at: at, last_at: at, times: 1, ...row })
          .onConflict((conflict) =>
            conflict
              .column('id')
              .doUpdateSet((eb) => ({ last_at: at, times: eb('unknown_replies.times', '+', 1) })),
          )
          .execute();
        const newest = trx
          .selectFrom('unknown_replies')
          .select('id')
          .orderBy('last_at', 'desc')
          .orderBy('id')
          .limit(kept);
        await trx.deleteFrom('unknown_replies').where('id', 'not in', newest).execute();
      });
    },

    async all() {
      const rows = await db
        .selectFrom('unknown_replies')
        .select([
          'first_at',
          'last_at',
          'times',
          'system',
          'method',
          'path',
          'status',
          'reason',
          'why',
          'body',
        ])
        .orderBy('last_at', 'desc')
        .orderBy('id')
        .execute();
      return rows.map(({ first_at, last_at, body, ...row }) => ({
        ...row,
        text: body,
        firstAt: first_at,
        lastAt: last_at,
      }));
    },
  };
}
