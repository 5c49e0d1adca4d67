import { sql, type Kysely } from 'kysely';

/** Notices of bookings in an order of their own, by company: they are written by hosts whose clocks differ. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('booking_notices')
    .addColumn('place', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await sql`update booking_notices set place = (
    select count(*) from booking_notices as other
    where other.connection_id = booking_notices.connection_id and other.company_id = booking_notices.company_id
      and (other.at, other.booking_id, other.revision)
        <= (booking_notices.at, booking_notices.booking_id, booking_notices.revision))`.execute(db);
  await db.schema
    .createIndex('booking_notices_place')
    .on('booking_notices')
    .columns(['connection_id', 'company_id', 'place'])
    .unique()
    .execute();
}
