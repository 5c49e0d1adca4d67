import type { Database } from '../database/database.ts';

/** Which calls of packages were heard: whoever kept a copy of one finds no ear for it, also after a restart. */
export interface HeardCallStore {
  /** Those that were not heard before, of these ids; from now on they were. */
  firstHeard(ids: readonly string[]): Promise<string[]>;
}

/** Longer than a call is believed (web/sync/change-gatherer.ts), also where its moment names no time zone. */
const keptForMs = 5 * 86_400_000;
const atOnce = 500;

export function createHeardCallStore({ db }: Database, { now }: { now: () => Date }): HeardCallStore {
  return {
    async firstHeard(ids) {
      const heard_at = now().toISOString();
      const first: string[] = [];
      for (let from = 0; from < ids.length; from += atOnce) {
        const rows = ids.slice(from, from + atOnce).map((id) => ({ id, heard_at }));
        const added = await db
          .insertInto('heard_calls')
          .values(rows)
          .onConflict((conflict) => conflict.column('id').doNothing())
          .returning('id')
          .execute();
        first.push(...added.map(({ id }) => id));
      }
      const tooOld = new Date(now().getTime() - keptForMs).toISOString();
      await db.deleteFrom('heard_calls').where('heard_at', '<', tooOld).execute();
      return first;
    },
  };
}
