import type { Kysely } from 'kysely';

/** Until when a row said what it said before: a later touch that changes nothing is no news. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('master_data').addColumn('previous_until', 'text').execute();
}
