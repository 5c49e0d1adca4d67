import { sql } from 'kysely';
import type { Database } from '../../store/database/database.ts';

/** Every row of every table as text, to see whether anything was written. */
export async function everyRow({ db }: Pick<Database, 'db'>): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const { name, isView } of await db.introspection.getTables()) {
    if (isView) continue;
    const { rows } = await sql`select * from ${sql.table(name)}`.execute(db);
    found[name] = rows.map((row) => JSON.stringify(row)).sort();
  }
  return found;
}
