import type { Transaction } from 'kysely';
import type { BookingStatus } from '../../domain/bookings/booking-status.ts';
import type { Moment } from '../../domain/master-data.ts';
import type { BookingLine } from './booking-queries.ts';
import { fromRow } from './booking-rows.ts';
import { bookingStatusSchema, statusOf } from './booking-status.ts';
import type { Database } from '../database/database.ts';
import { parseJson } from '../database/json.ts';
import { numberAfter } from '../database/number-after.ts';
import type { BookingNoticeRow, PurchaseBookingRow, Schema } from '../database/schema.ts';
import type { SqlOfDialect } from '../database/sql-of-dialect.ts';

/** One change of a booking that its caller is to be told of, written in the same transaction as the change itself. */
export interface BookingNotice {
  id: string;
  at: Moment;
  facts: BookingStatus;
}

export interface BookingNoticeStore {
  /** What has not been told yet of the bookings of a company, in the order in which it was. */
  unsent(line: BookingLine): Promise<BookingNotice[]>;
  sent(id: string): Promise<void>;
}

export function createBookingNoticeStore({ db }: Database, { now }: { now: () => Date }): BookingNoticeStore {
  return {
    async unsent({ connectionId, companyId }) {
      const rows = await db
        .selectFrom('booking_notices')
        .selectAll()
        .where('connection_id', '=', connectionId)
        .where('company_id', '=', companyId)
        .where('sent_at', 'is', null)
        .orderBy('place')
        .limit(100)
        .execute();
      return rows.map(({ id, at, facts }) => ({ id, at, facts: parseJson(bookingStatusSchema, facts) }));
    },
    async sent(id) {
      await db
        .updateTable('booking_notices')
        .set({ sent_at: now().toISOString() })
        .where('id', '=', id)
        .execute();
    },
  };
}

/**
 * Writes the notice of a change, in its transaction. Hosts whose clocks differ write them, so they are counted: one at a
 * time for each company, until the transaction ends, and the order is that in which the changes came to be.
 */
export async function writeNotice(
  trx: Transaction<Schema>,
  dialect: SqlOfDialect,
  row: PurchaseBookingRow,
): Promise<void> {
  const { connection_id, company_id } = row;
  await dialect.holdLock(trx, `booking notices/${connection_id}/${company_id}`);
  const { last } = await trx
    .selectFrom('booking_notices')
    .select((eb) => eb.fn.max('place').as('last'))
    .where('connection_id', '=', connection_id)
    .where('company_id', '=', company_id)
    .executeTakeFirstOrThrow();
  const notice: BookingNoticeRow = {
    id: `${row.id}/${row.revision}`,
    booking_id: row.id,
    connection_id,
    company_id,
    revision: row.revision,
    place: numberAfter(last),
    at: row.changed_at,
    facts: JSON.stringify(statusOf(fromRow(row))),
    sent_at: null,
  };
  await trx.insertInto('booking_notices').values(notice).execute();
}
