import type { Moment } from '../domain/master-data.ts';
import type { Database } from './database/database.ts';

/** Whom Slack does not let us reach, and since when: a channel, a person, or nobody at all (`installation`). */
export interface Unreachable {
  /** Slack's id; `slack/channels` or `slack/persons` for the installation. */
  recipient: string;
  kind: 'channel' | 'person' | 'installation';
  /** Slack's word for why. */
  code: string;
  since: Moment;
}

export interface UnreachableStore {
  /** Since when it is so; another reason for what is known already is kept, and is no news. */
  note(unreachable: Unreachable): Promise<{ since: Moment; isNews: boolean }>;
  clear(recipient: string): Promise<void>;
  /** Forgets channels and people but for these: others are nobody's any more. */
  keepOnly(recipients: readonly string[]): Promise<void>;
  all(): Promise<Unreachable[]>;
}

export function createUnreachableStore({ db, transact }: Database): UnreachableStore {
  return {
    note: (unreachable) =>
      transact('unreachable', async (trx) => {
        const { recipient, code } = unreachable;
        const known = await trx
          .selectFrom('unreachable')
          .selectAll()
          .where('recipient', '=', recipient)
          .executeTakeFirst();
        if (known?.code === code) return { since: known.since, isNews: false };
        const since = known?.since ?? unreachable.since;
        await trx
          .insertInto('unreachable')
          .values({ ...unreachable, since })
          .onConflict((conflict) => conflict.column('recipient').doUpdateSet({ code }))
          .execute();
        return { since, isNews: known === undefined };
      }),
    async clear(recipient) {
      await db.deleteFrom('unreachable').where('recipient', '=', recipient).execute();
    },
    async keepOnly(recipients) {
      await db
        .deleteFrom('unreachable')
        .where('kind', '!=', 'installation')
        .where('recipient', 'not in', recipients)
        .execute();
    },
    async all() {
      return db.selectFrom('unreachable').selectAll().orderBy('since').orderBy('recipient').execute();
    },
  };
}
