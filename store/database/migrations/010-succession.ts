import type { Kysely } from 'kysely';

/** Who stood in the office file once, so that somebody who left is still known by name. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('office_people')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('slack_user_id', 'text', (column) => column.notNull())
    .addColumn('roles', 'text', (column) => column.notNull())
    .execute();
}
