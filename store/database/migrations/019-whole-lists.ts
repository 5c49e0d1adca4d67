import type { Kysely } from 'kysely';

/** All of a list of which a message shows a part. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('whole_lists')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('lines', 'text', (column) => column.notNull())
    .addColumn('said_at', 'text', (column) => column.notNull())
    .execute();
}
