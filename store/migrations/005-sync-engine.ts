import type { Kysely } from 'kysely';

/** What is brought in beside the planned rounds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('connections')
    .addColumn('wishes', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute();
}
