import type { Kysely } from 'kysely';

/** Which gate is closed where a kind does not come in, and when a grant dies if nobody renews it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('sync_positions').addColumn('error_gate', 'text').execute();
  await db.schema.alterTable('grants').addColumn('expires_at', 'text').execute();
  await db.schema.alterTable('grants').addColumn('warned_of', 'text').execute();
}
