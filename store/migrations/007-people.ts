import type { Kysely } from 'kysely';

/** Whom a connection leans on besides its synchronisation user. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('connections').addColumn('stand_in_id', 'text').execute();
}
