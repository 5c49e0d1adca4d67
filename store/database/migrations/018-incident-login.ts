import type { Kysely } from 'kysely';

/** Which login broke: the break of another one is another incident, however soon it comes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('incidents').addColumn('grant_id', 'text').execute();
}
