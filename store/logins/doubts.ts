import type { Moment } from '../../domain/master-data.ts';
import type { Database } from '../database/database.ts';
import type { GrantId } from '../../domain/ids.ts';

/** Since when the answers about a login have been doubted, so that a doubt that lasts is told from two that passed. */
export interface DoubtStore {
  /** The answer was doubted now. Says since when it has been; what was not seen again for a while begins anew. */
  note(grantId: GrantId): Promise<Moment>;
  /** Null when it is not doubted, or was not for a while. */
  since(grantId: GrantId): Promise<Moment | null>;
  /** The login works, or it is known what is the matter with it. */
  forget(grantId: GrantId): Promise<void>;
}

/** Twice as long as the longest wait between two looks (domain/causes.ts), and more. */
const lapsesAfterMs = 10 * 60_000;

export function createDoubtStore({ db }: Database, { now }: { now: () => Date }): DoubtStore {
  async function since(grantId: GrantId): Promise<Moment | null> {
    const row = await db
      .selectFrom('login_doubts')
      .select(['since', 'seen_at'])
      .where('grant_id', '=', grantId)
      .executeTakeFirst();
    if (!row || now().getTime() - Date.parse(row.seen_at) > lapsesAfterMs) return null;
    return row.since;
  }
  return {
    since,
    async note(grantId) {
      const at = now().toISOString();
      const begun = (await since(grantId)) ?? at;
      const doubt = { since: begun, seen_at: at };
      await db
        .insertInto('login_doubts')
        .values({ grant_id: grantId, ...doubt })
        .onConflict((conflict) => conflict.column('grant_id').doUpdateSet(doubt))
        .execute();
      return begun;
    },
    async forget(grantId) {
      // Looked up first: nearly always there is none, and a delete waits for its turn to write.
      if ((await since(grantId)) === null) return;
      await db.deleteFrom('login_doubts').where('grant_id', '=', grantId).execute();
    },
  };
}
