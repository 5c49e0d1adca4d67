import type { Kysely } from 'kysely';

/** What logins may read, what they lost and gained, and when that was looked at. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('rights')
    .addColumn('connection_id', 'text', (column) => column.notNull())
    .addColumn('grant_id', 'text', (column) => column.notNull())
    .addColumn('company_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('answer', 'text', (column) => column.notNull())
    .addColumn('known', 'text')
    .addColumn('evidence', 'text', (column) => column.notNull())
    .addColumn('barrier', 'text')
    .addColumn('checked_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('rights_key', ['connection_id', 'grant_id', 'company_id', 'kind'])
    .execute();
  await db.schema
    .createTable('right_changes')
    .addColumn('connection_id', 'text', (column) => column.notNull())
    .addColumn('verification', 'text', (column) => column.notNull())
    .addColumn('company_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('what', 'text', (column) => column.notNull())
    .addColumn('barrier', 'text')
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('mended_in', 'text')
    .addPrimaryKeyConstraint('right_changes_key', ['connection_id', 'verification', 'company_id', 'kind'])
    .execute();
  await db.schema
    .createTable('company_news')
    .addColumn('connection_id', 'text', (column) => column.notNull())
    .addColumn('company_id', 'text', (column) => column.notNull())
    .addColumn('what', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('was', 'text')
    .addColumn('told_on', 'text')
    .addPrimaryKeyConstraint('company_news_key', ['connection_id', 'company_id', 'what', 'at'])
    .execute();
  await db.schema
    .createTable('verifications')
    .addColumn('connection_id', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('grant_id', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('started_at', 'text', (column) => column.notNull())
    .addColumn('finished_at', 'text')
    .addColumn('told', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('verifications_key', ['connection_id', 'id'])
    .execute();
}
