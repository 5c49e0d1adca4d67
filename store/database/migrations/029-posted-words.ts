import { sql, type Kysely } from 'kysely';

/** Of which incidents a message told when it was posted: an edit notifies nobody. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('deliveries')
    .addColumn('posted_tells_of', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute();
  await sql`update deliveries set posted_tells_of = tells_of`.execute(db);
}
