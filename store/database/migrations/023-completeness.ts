import { sql, type Kysely } from 'kysely';

/**
 * Why a full pass was believed, what the list of companies says beside what reading found, and on what a human answered that
 * a row is still there.
 * The view `held_rows` shows BI tools which live rows somebody is asked about, and since when.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('sync_positions').addColumn('pass_proof', 'text').execute();
  await db.schema.alterTable('held_deletions').addColumn('kept_before', 'text').execute();
  await db.schema
    .alterTable('companies')
    .addColumn('listed_as', 'text', (column) => column.notNull().defaultTo('reachable'))
    .execute();
  await sql`create view held_rows as
    select m.connection_id, m.company_id, m.kind, m.external_id, m.code, m.name, q.asked_at, h.source
    from held_deletions h
    join master_data m on m.connection_id = h.connection_id and m.company_id = h.company_id
      and m.kind = h.kind and m.external_id = h.external_id
    join deletion_questions q on q.connection_id = h.connection_id and q.number = h.question
    where h.kept = 0`.execute(db);
  await sql`update companies set listed_as = status`.execute(db);
}
