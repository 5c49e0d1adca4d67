import type { Moment } from '../domain/master-data.ts';
import type { BookingLine } from './booking-queries.ts';
import { fromRow } from './booking-rows.ts';
import { statusOf } from './booking-status.ts';
import type { Database } from './database.ts';
import { factsSchema, parseJson, type Facts } from './json.ts';
import type { BookingNoticeRow, PurchaseBookingRow } from './schema.ts';

/** One change of a booking that its caller is to be told of, written in the same transaction as the change itself. */
export interface BookingNotice {
  id: string;
  at: Moment;
  facts: Facts;
}

export interface BookingNoticeStore {
  /** What has not been told yet of the bookings of a company, oldest first. */
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
        .orderBy('at')
        .orderBy('booking_id')
        .orderBy('revision')
        .limit(100)
        .execute();
      return rows.map(({ id, at, facts }) => ({ id, at, facts: parseJson(factsSchema, facts) }));
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

export function noticeOf(row: PurchaseBookingRow): BookingNoticeRow {
  return {
    id: `${row.id}/${row.revision}`,
    booking_id: row.id,
    connection_id: row.connection_id,
    company_id: row.company_id,
    revision: row.revision,
    at: row.changed_at,
    facts: JSON.stringify(statusOf(fromRow(row))),
    sent_at: null,
  };
}
