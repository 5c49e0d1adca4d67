import type { NamedRows } from '../../domain/bookings/booking-fit.ts';
import type { BookingState, HoldReason, PurchaseBooking } from '../../domain/bookings/purchase-booking.ts';
import { createBookingChange, lockOf, settled } from './booking-change.ts';
import { writeNotice } from './booking-notices.ts';
import type { BookingLine } from './booking-queries.ts';
import { bookingId, contentHash, fromRow } from './booking-rows.ts';
import type { Database } from '../database/database.ts';
import { numberAfter } from '../database/number-after.ts';
import type { StoredBooking } from './purchase-bookings.ts';
import type { PurchaseBookingRow } from '../database/schema.ts';
import type { SharedClock } from '../database/shared-clock.ts';

/** What whoever hands bookings over does with them. */
export interface BookingIntake {
  /** Keeps a booking at the end of its line; one with this reference that is there already stays as it is. */
  take(
    line: BookingLine,
    handed: { booking: PurchaseBooking; pinned: NamedRows; hold: HoldReason | null },
  ): Promise<{ kept: StoredBooking; was: 'new' | 'same' | 'other' }>;
  /** Its workflow knows of it. */
  handedOver(id: string): Promise<void>;
  /** A human gives it another content and it takes its place in the line again. False when it is too late. */
  correct(id: string, corrected: { booking: PurchaseBooking; pinned: NamedRows }): Promise<boolean>;
  /**
   * A human takes it back. False when it is too late: delivered, or nobody knows. `lookedForAfterMs`: they have looked
   * in the package themselves, so that what was sent longer ago than this is not there.
   */
  withdraw(id: string, options?: { lookedForAfterMs?: number }): Promise<boolean>;
}

const open: BookingState[] = ['accepted', 'held', 'misfit'];

export function createBookingIntake(
  database: Database,
  options: { now: () => Date; clock: SharedClock },
): BookingIntake {
  const { transact, sql } = database;
  const { now, clock } = options;
  const change = createBookingChange(database, options);

  return {
    take({ connectionId, companyId }, { booking, pinned, hold }) {
      return transact(`booking line/${connectionId}/${companyId}`, async (trx) => {
        const id = bookingId(connectionId, companyId, booking.reference);
        const hash = contentHash(booking);
        const known = await trx
          .selectFrom('purchase_bookings')
          .selectAll()
          .where('id', '=', id)
          .executeTakeFirst();
        if (known) return { kept: fromRow(known), was: known.content_hash === hash ? 'same' : 'other' };
        const { last } = await trx
          .selectFrom('purchase_bookings')
          .select((eb) => eb.fn.max('position').as('last'))
          .where('connection_id', '=', connectionId)
          .where('company_id', '=', companyId)
          .executeTakeFirstOrThrow();
        const at = now().toISOString();
        const row: PurchaseBookingRow = {
          id,
          connection_id: connectionId,
          company_id: companyId,
          position: numberAfter(last),
          reference: booking.reference,
          content: JSON.stringify(booking),
          content_hash: hash,
          pinned: JSON.stringify(pinned),
          invoice_date: booking.invoiceDate,
          state: hold ? 'held' : 'accepted',
          hold_reason: hold,
          hold_until: null,
          misfits: '[]',
          misfit_list: null,
          attempt: 0,
          attempted_at: null,
          entered_at: null,
          failures: 0,
          failure_said: null,
          handed_over: 0,
          entry_id: null,
          entry_number: null,
          received_at: at,
          changed_at: at,
          revision: 1,
        };
        await trx.insertInto('purchase_bookings').values(row).execute();
        await writeNotice(trx, sql, row);
        return { kept: fromRow(row), was: 'new' };
      });
    },

    async handedOver(id) {
      await transact(lockOf(id), (trx) =>
        trx.updateTable('purchase_bookings').set({ handed_over: 1 }).where('id', '=', id).execute(),
      );
    },

    correct(id, { booking, pinned }) {
      return change(id, (row) => {
        if (!open.includes(row.state) || row.attempted_at !== null || row.entered_at !== null) return null;
        const content = {
          content: JSON.stringify(booking),
          content_hash: contentHash(booking),
          pinned: JSON.stringify(pinned),
          invoice_date: booking.invoiceDate,
          failures: 0,
          failure_said: null,
        };
        return { state: 'accepted', patch: { ...settled, ...content, handed_over: 0 } };
      });
    },

    withdraw(id, { lookedForAfterMs = Infinity } = {}) {
      return change(id, async (row, trx) => {
        const lookedFor = (await clock(trx)).getTime() - lookedForAfterMs;
        const isUnknown = [row.attempted_at, row.entered_at].some(
          (sent) => sent !== null && Date.parse(sent) >= lookedFor,
        );
        if (!open.includes(row.state) || isUnknown) return null;
        return { state: 'withdrawn', patch: { ...settled, handed_over: 0 } };
      });
    },
  };
}
