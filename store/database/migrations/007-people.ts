import type { Kysely } from 'kysely';

/** Whom a connection leans on besides its synchronisation user, and who was warned about their own link. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('connections').addColumn('stand_in_id', 'text').execute();
  await db.schema.alterTable('connections').addColumn('former', 'text').execute();
  await db.schema.alterTable('connections').addColumn('handover', 'text').execute();
  await db.schema.alterTable('user_links').addColumn('warning', 'text').execute();
}
