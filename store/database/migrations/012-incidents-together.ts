import type { Kysely } from 'kysely';

/** Logins that break together, for the same reason, are told in one message: that of the first of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('incidents').addColumn('joined', 'integer').execute();
  await db.schema.createIndex('incidents_joined').on('incidents').column('joined').execute();
}
