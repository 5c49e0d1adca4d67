import { sql, type Kysely } from 'kysely';

/** What a row said before it last changed, and what was deleted lately. An insert pays for neither. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const name of ['code', 'name', 'details', 'deleted_at'])
    await db.schema.alterTable('master_data').addColumn(`previous_${name}`, 'text').execute();
  await db.schema.alterTable('master_data').addColumn('previous_active', 'integer').execute();
  await db.schema
    .createIndex('master_data_deleted')
    .on('master_data')
    .columns(['connection_id', 'company_id', 'kind', 'deleted_at'])
    .where(sql.ref('deleted_at'), 'is not', null)
    .execute();
}
