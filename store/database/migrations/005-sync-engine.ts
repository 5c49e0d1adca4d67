import type { Kysely } from 'kysely';

/** What is brought in beside the planned rounds, full passes, and deletions that wait for a human. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('connections')
    .addColumn('wishes', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute();
  for (const name of ['pass', 'pass_running', 'pass_page', 'held'])
    await db.schema
      .alterTable('sync_positions')
      .addColumn(name, 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
  for (const name of ['pass_began_at', 'pass_ended_at'])
    await db.schema.alterTable('sync_positions').addColumn(name, 'text').execute();
  await db.schema.alterTable('sync_positions').addColumn('pass_began_after', 'bigint').execute();
  await db.schema.alterTable('sync_positions').addColumn('question', 'integer').execute();
  await passPages(db);
  await questions(db);
}

async function passPages(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('pass_pages')
    .addColumn('connection_id', 'text', (column) => column.notNull())
    .addColumn('company_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('page', 'integer', (column) => column.notNull())
    .addColumn('ids', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('pass_pages_key', ['connection_id', 'company_id', 'kind', 'page'])
    .execute();
}

async function questions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('deletion_questions')
    .addColumn('connection_id', 'text', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('company_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('rows', 'integer', (column) => column.notNull())
    .addColumn('live', 'integer', (column) => column.notNull())
    .addColumn('may_read', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('asked_at', 'text', (column) => column.notNull())
    .addColumn('settled_at', 'text')
    .addColumn('settled_by', 'text')
    .addColumn('untold', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('deletion_questions_key', ['connection_id', 'number'])
    .execute();
  await db.schema
    .createTable('held_deletions')
    .addColumn('connection_id', 'text', (column) => column.notNull())
    .addColumn('company_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('external_id', 'text', (column) => column.notNull())
    .addColumn('question', 'integer', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('pass', 'integer', (column) => column.notNull())
    .addColumn('kept', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('held_deletions_key', ['connection_id', 'company_id', 'kind', 'external_id'])
    .execute();
}
