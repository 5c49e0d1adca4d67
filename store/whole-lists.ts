import { z } from 'zod';
import type { Moment } from '../domain/master-data.ts';
import type { Database } from './database/database.ts';
import { parseJson } from './database/json.ts';

/** All of the lists of which messages show a part, for the button "Show all". */
export interface WholeListStore {
  /** Once, however often it is said. */
  keep(list: { id: string; lines: readonly string[] }): Promise<void>;
  /** The lines; null when no such list was said, or so long ago that it was let go of. */
  get(id: string): Promise<string[] | null>;
}

/** How long somebody may want to see what was said. */
const keptForDays = 400;

export function createWholeListStore({ db }: Database, { now }: { now: () => Date }): WholeListStore {
  return {
    async keep({ id, lines }) {
      const said_at: Moment = now().toISOString();
      await db
        .insertInto('whole_lists')
        .values({ id, lines: JSON.stringify(lines), said_at })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ said_at }))
        .execute();
      const tooOld = new Date(now().getTime() - keptForDays * 86_400_000).toISOString();
      await db.deleteFrom('whole_lists').where('said_at', '<', tooOld).execute();
    },
    async get(id) {
      const row = await db.selectFrom('whole_lists').select('lines').where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : parseJson(z.array(z.string()), row.lines);
    },
  };
}
