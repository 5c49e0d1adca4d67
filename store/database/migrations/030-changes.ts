import type { Kysely } from 'kysely';

/** Every change of synchronisation user: who wanted it, how it ended, and whether it was undone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('changes')
    .addColumn('connection_id', 'text', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('from_id', 'text', (column) => column.notNull())
    .addColumn('to_id', 'text', (column) => column.notNull())
    .addColumn('asked_by', 'text', (column) => column.notNull())
    .addColumn('asked_at', 'text', (column) => column.notNull())
    .addColumn('unattended', 'integer', (column) => column.notNull())
    .addColumn('outcome', 'text')
    .addColumn('ended_at', 'text')
    .addColumn('ended_by', 'text')
    .addColumn('login', 'text')
    .addColumn('former_login', 'text')
    .addColumn('had_linked_it', 'integer')
    .addColumn('weighed', 'text')
    .addColumn('confirmed_by', 'text')
    .addColumn('reason', 'text')
    .addColumn('agreed_by', 'text')
    .addColumn('undone_at', 'text')
    .addColumn('undone_by', 'text')
    .addColumn('settled_at', 'text')
    .addColumn('fate', 'text')
    .addColumn('stand_in_id', 'text')
    .addPrimaryKeyConstraint('changes_key', ['connection_id', 'number'])
    .execute();
}
