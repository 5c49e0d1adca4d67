import { sql, type Kysely } from 'kysely';

/** The tables. What each column means is told in schema.ts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await connections(db);
  await userLinksAndGrants(db);
  await companiesAndPositions(db);
  await masterData(db);
  await signIns(db);
  await incidents(db);
  await messagesAndHistory(db);
}

async function connections(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('connections')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('system', 'text', (column) => column.notNull())
    .addColumn('link_state', 'text', (column) => column.notNull())
    .addColumn('link_since', 'text', (column) => column.notNull())
    .addColumn('link_cause', 'text')
    .addColumn('health', 'text', (column) => column.notNull())
    .addColumn('delay_reason', 'text')
    .addColumn('delayed_since', 'text')
    .addColumn('delayed_until', 'text')
    .addColumn('paused_by', 'text')
    .addColumn('synchronisation_user_id', 'text', (column) => column.notNull())
    .addColumn('login', 'text')
    .addColumn('requested_by', 'text', (column) => column.notNull())
    .addColumn('incident', 'integer')
    .addColumn('companies', 'integer', (column) => column.notNull())
    .addColumn('round', 'integer', (column) => column.notNull())
    .addColumn('changes', 'integer', (column) => column.notNull())
    .addColumn('last_success_at', 'text')
    .addColumn('syncing_since', 'text')
    .addColumn('next_sync_at', 'text')
    .addColumn('changing_to', 'text')
    .addColumn('catching_up_after', 'integer')
    .addColumn('revision', 'integer', (column) => column.notNull())
    .execute();
}

async function userLinksAndGrants(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('user_links')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('connection_id', 'text', (column) => column.notNull())
    .addColumn('office_user_id', 'text', (column) => column.notNull())
    .addColumn('grant_id', 'text')
    .addColumn('accounting_user_id', 'text')
    .addColumn('accounting_user_name', 'text')
    .addColumn('environment_id', 'text')
    .addColumn('environment_name', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('cause', 'text')
    .addColumn('since', 'text', (column) => column.notNull())
    .addUniqueConstraint('user_links_one_per_person', ['connection_id', 'office_user_id'])
    .execute();
  await db.schema
    .createTable('grants')
    .addColumn('grant_id', 'text', (column) => column.primaryKey())
    .addColumn('generation', 'integer', (column) => column.notNull())
    .addColumn('sealed', 'text')
    .addColumn('lease_holder', 'text')
    .addColumn('lease_until', 'text')
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .execute();
}

async function companiesAndPositions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('companies')
    .addColumn('connection_id', 'text', (column) => column.notNull())
    .addColumn('external_id', 'text', (column) => column.notNull())
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('linked', 'integer', (column) => column.notNull())
    .addColumn('status_since', 'text', (column) => column.notNull())
    .addColumn('last_seen_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('companies_key', ['connection_id', 'external_id'])
    .execute();
  let positions = db.schema
    .createTable('sync_positions')
    .addColumn('connection_id', 'text', (column) => column.notNull())
    .addColumn('company_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('checkpoint', 'text')
    .addColumn('last_success_at', 'text')
    .addColumn('last_attempt_at', 'text')
    .addColumn('error_code', 'text')
    .addColumn('error_text', 'text')
    .addPrimaryKeyConstraint('sync_positions_key', ['connection_id', 'company_id', 'kind'])
    .addForeignKeyConstraint('sync_positions_company', ['connection_id', 'company_id'], 'companies', [
      'connection_id',
      'external_id',
    ]);
  for (const count of [
    'rows',
    'synced_round',
    'counted_round',
    'inserted',
    'changed',
    'reappeared',
    'deleted',
  ]) {
    positions = positions.addColumn(count, 'integer', (column) => column.notNull().defaultTo(0));
  }
  await positions.execute();
}

async function masterData(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('change_feeds')
    .addColumn('connection_id', 'text', (column) => column.primaryKey())
    .addColumn('last_seq', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('master_data')
    .addColumn('connection_id', 'text', (column) => column.notNull())
    .addColumn('company_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('external_id', 'text', (column) => column.notNull())
    .addColumn('code', 'text')
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('active', 'integer', (column) => column.notNull())
    .addColumn('details', 'text', (column) => column.notNull())
    .addColumn('modified_at', 'text')
    .addColumn('content_hash', 'text', (column) => column.notNull())
    .addColumn('first_seen_at', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .addColumn('deleted_at', 'text')
    .addColumn('change_seq', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('master_data_key', ['connection_id', 'company_id', 'kind', 'external_id'])
    .execute();
  await db.schema
    .createIndex('master_data_feed')
    .on('master_data')
    .columns(['connection_id', 'change_seq'])
    .unique()
    .execute();
  await db.schema
    .createIndex('master_data_feed_of_kind')
    .on('master_data')
    .columns(['connection_id', 'company_id', 'kind', 'change_seq'])
    .execute();
}

async function signIns(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sign_ins')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('office_user_id', 'text', (column) => column.notNull())
    .addColumn('connection_id', 'text', (column) => column.notNull())
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('context', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addColumn('voided_at', 'text')
    .addColumn('browser_hash', 'text')
    .addColumn('state_hash', 'text', (column) => column.unique())
    .addColumn('sealed_return', 'text')
    .addColumn('returned_at', 'text')
    .addColumn('outcome', 'text')
    .addColumn('ended_at', 'text')
    .execute();
  await db.schema
    .createIndex('sign_ins_of_connection')
    .on('sign_ins')
    .columns(['connection_id', 'office_user_id', 'purpose'])
    .execute();
}

async function incidents(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('incidents')
    .addColumn('number', 'integer', (column) => column.primaryKey())
    .addColumn('connection_id', 'text', (column) => column.notNull())
    .addColumn('cause', 'text', (column) => column.notNull())
    .addColumn('opened_at', 'text', (column) => column.notNull())
    .addColumn('ended_at', 'text')
    .addColumn('ended_by', 'text')
    .addColumn('how', 'text')
    .execute();
  await db.schema
    .createIndex('incidents_one_open')
    .on('incidents')
    .column('connection_id')
    .unique()
    .where(sql.ref('ended_at'), 'is', null)
    .execute();
  await db.schema
    .createTable('incident_events')
    .addColumn('incident', 'integer', (column) => column.notNull().references('incidents.number'))
    .addColumn('event_id', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('incident_events_key', ['incident', 'event_id'])
    .execute();
}

async function messagesAndHistory(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('messages')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('thread_key', 'text')
    .addColumn('ts', 'text')
    .addColumn('content_hash', 'text')
    .addColumn('intended_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('history')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('connection_id', 'text', (column) => column.notNull())
    .addColumn('office_user_id', 'text')
    .addColumn('what', 'text', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('history_of_connection')
    .on('history')
    .columns(['connection_id', 'at'])
    .execute();
}
