import { sql, type Kysely } from 'kysely';

/**
 * When a kind of a company was brought in for the first time: until then its rows are no news. Where that was long ago, the
 * first row that was ever seen of it is the best there is.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('sync_positions').addColumn('first_success_at', 'text').execute();
  await sql`
    update sync_positions set first_success_at = coalesce(
      (select min(first_seen_at) from master_data as seen
        where seen.connection_id = sync_positions.connection_id
          and seen.company_id = sync_positions.company_id
          and seen.kind = sync_positions.kind),
      last_success_at)
    where last_success_at is not null`.execute(db);
}
