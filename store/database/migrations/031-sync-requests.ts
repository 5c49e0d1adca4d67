import type { Kysely } from 'kysely';

/** What somebody asks to be brought in is a sync request everywhere. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('connections').renameColumn('wishes', 'requests').execute();
}
