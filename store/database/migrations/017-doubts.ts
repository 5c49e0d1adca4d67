import type { Kysely } from 'kysely';

/** Since when the answers about a login are doubted: its row is gone when they are not. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('login_doubts')
    .addColumn('grant_id', 'text', (column) => column.primaryKey())
    .addColumn('since', 'text', (column) => column.notNull())
    .addColumn('seen_at', 'text', (column) => column.notNull())
    .execute();
}
