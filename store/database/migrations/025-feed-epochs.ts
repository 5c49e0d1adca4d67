import type { Kysely } from 'kysely';

/** Feeds of changes that began anew, because the database was taken back to an older state. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('feed_epochs')
    .addColumn('connection_id', 'text', (column) => column.primaryKey())
    .addColumn('epoch', 'text', (column) => column.notNull())
    .execute();
}
