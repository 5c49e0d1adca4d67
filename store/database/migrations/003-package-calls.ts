import type { Kysely } from 'kysely';

/** What was asked of the packages, and what they answered that nobody understood. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('call_allowances')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('windows', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('call_mishaps')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('moments', 'text', (column) => column.notNull())
    .addColumn('forgotten_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('unknown_replies')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('first_at', 'text', (column) => column.notNull())
    .addColumn('last_at', 'text', (column) => column.notNull())
    .addColumn('times', 'integer', (column) => column.notNull())
    .addColumn('system', 'text', (column) => column.notNull())
    .addColumn('method', 'text', (column) => column.notNull())
    .addColumn('path', 'text', (column) => column.notNull())
    .addColumn('status', 'integer', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('why', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('unknown_replies_newest').on('unknown_replies').column('last_at').execute();
}
