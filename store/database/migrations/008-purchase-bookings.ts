import type { Kysely } from 'kysely';

/** Purchase bookings that were handed over, what is to be told of them, and connections that must not deliver. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('purchase_bookings')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('connection_id', 'text', (column) => column.notNull())
    .addColumn('company_id', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('reference', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('content_hash', 'text', (column) => column.notNull())
    .addColumn('pinned', 'text', (column) => column.notNull())
    .addColumn('invoice_date', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('hold_reason', 'text')
    .addColumn('hold_until', 'text')
    .addColumn('misfits', 'text', (column) => column.notNull())
    .addColumn('misfit_list', 'integer')
    .addColumn('attempted_at', 'text')
    .addColumn('entered_at', 'text')
    .addColumn('handed_over', 'integer', (column) => column.notNull())
    .addColumn('entry_id', 'text')
    .addColumn('entry_number', 'text')
    .addColumn('received_at', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addUniqueConstraint('purchase_bookings_reference', ['connection_id', 'company_id', 'reference'])
    .execute();
  await db.schema
    .createIndex('purchase_bookings_line')
    .on('purchase_bookings')
    .columns(['connection_id', 'company_id', 'state', 'position'])
    .execute();
  await db.schema
    .createTable('booking_notices')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('booking_id', 'text', (column) => column.notNull())
    .addColumn('connection_id', 'text', (column) => column.notNull())
    .addColumn('company_id', 'text', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('facts', 'text', (column) => column.notNull())
    .addColumn('sent_at', 'text')
    .execute();
  await db.schema
    .createIndex('booking_notices_unsent')
    .on('booking_notices')
    .columns(['connection_id', 'company_id', 'sent_at'])
    .execute();
  await db.schema
    .createTable('delivery_stops')
    .addColumn('connection_id', 'text', (column) => column.primaryKey())
    .addColumn('booking_id', 'text', (column) => column.notNull())
    .addColumn('expected_company', 'text', (column) => column.notNull())
    .addColumn('found_company', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute();
}
