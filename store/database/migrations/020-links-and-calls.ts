import type { Kysely } from 'kysely';

/** What a link to log in is for and who got it; and which calls of a package were heard, so that none is heard twice. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('sign_ins').addColumn('about', 'integer').execute();
  await db.schema.alterTable('sign_ins').addColumn('held_by', 'text').execute();
  await db.schema
    .createTable('heard_calls')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('heard_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('heard_calls_by_age').on('heard_calls').column('heard_at').execute();
}
