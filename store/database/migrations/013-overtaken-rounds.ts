import type { Kysely } from 'kysely';

/** What is wished overtakes a round in the middle of a kind: both keep their counts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('sync_positions').addColumn('other_counts', 'text').execute();
}
