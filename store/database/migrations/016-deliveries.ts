import type { Kysely } from 'kysely';

/** What people are to be told, one row per recipient; whom Slack does not let us reach; and an incident for every break. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable('messages').execute();
  await db.schema
    .createTable('deliveries')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('recipient', 'text', (column) => column.notNull())
    .addColumn('recipient_kind', 'text', (column) => column.notNull())
    .addColumn('announcement', 'text', (column) => column.notNull())
    .addColumn('thread_key', 'text')
    .addColumn('also_in_channel', 'integer', (column) => column.notNull())
    .addColumn('only_if_said', 'integer', (column) => column.notNull())
    .addColumn('topic', 'text')
    .addColumn('tells_of', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('channel', 'text')
    .addColumn('ts', 'text')
    .addColumn('content_hash', 'text')
    .addColumn('sent_at', 'text')
    .addColumn('claimed_until', 'text')
    .addColumn('refusal', 'text')
    .addColumn('written_at', 'text', (column) => column.notNull())
    .addColumn('due_since', 'text', (column) => column.notNull())
    .addColumn('said_at', 'text')
    .addColumn('seen_at', 'text')
    .execute();
  await db.schema
    .createIndex('deliveries_by_state')
    .on('deliveries')
    .columns(['state', 'recipient', 'topic'])
    .execute();
  await db.schema.createIndex('deliveries_by_thread').on('deliveries').column('thread_key').execute();
  await db.schema.createIndex('deliveries_by_place').on('deliveries').columns(['channel', 'ts']).execute();
  await db.schema
    .createTable('unreachable')
    .addColumn('recipient', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('since', 'text', (column) => column.notNull())
    .execute();
  await db.schema.alterTable('incidents').dropColumn('reopened').execute();
}
