import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';

/** Which installation this is, and which of its programs live. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('installation')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .execute();
  await (db as Kysely<{ installation: { id: string } }>)
    .insertInto('installation')
    .values({ id: randomUUID() })
    .execute();
  await db.schema
    .createTable('heartbeats')
    .addColumn('program', 'text', (column) => column.notNull())
    .addColumn('process', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('heartbeats_pk', ['program', 'process'])
    .execute();
}
