import { z } from 'zod';
import type { CallBudget, Mishaps } from '../../accounting/budget.ts';
import type { Database } from '../database/database.ts';
import { parseJson } from '../database/json.ts';

const momentsSchema = z.array(z.iso.datetime());

/**
 * Refusals are rare and few, so each one's moment is kept: the newest `most`, and only as long as they count. That
 * gives a window that really slides; one that began with the clock's hour would let through twice as many around it.
 */
export function createCallMishaps(
  { db, transact }: Pick<Database, 'db' | 'transact'>,
  { now }: { now: () => Date },
): Pick<CallBudget, 'count' | 'tooMany'> {
  async function recent({ key, withinMs }: Mishaps, query = db): Promise<string[]> {
    const row = await query
      .selectFrom('call_mishaps')
      .select('moments')
      .where('key', '=', key)
      .executeTakeFirst();
    const since = now().getTime() - withinMs;
    return row ? parseJson(momentsSchema, row.moments).filter((moment) => Date.parse(moment) > since) : [];
  }

  return {
    async count(mishaps) {
      const { key, most, withinMs } = mishaps;
      await transact(`call-mishaps/${key}`, async (trx) => {
        const at = now();
        const moments = [...(await recent(mishaps, trx)), at.toISOString()].slice(-most);
        const row = {
          moments: JSON.stringify(moments),
          forgotten_at: new Date(at.getTime() + withinMs).toISOString(),
        };
        await trx.deleteFrom('call_mishaps').where('forgotten_at', '<=', at.toISOString()).execute();
        await trx
          .insertInto('call_mishaps')
          .values({ key, ...row })
          .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
          .execute();
      });
    },

    async tooMany(mishaps) {
      const moments = await recent(mishaps);
      const oldest = moments.at(-mishaps.most);
      if (moments.length < mishaps.most || oldest === undefined) return null;
      return new Date(Date.parse(oldest) + mishaps.withinMs);
    },
  };
}
