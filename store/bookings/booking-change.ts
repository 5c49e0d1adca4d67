import type { Kysely } from 'kysely';
import type { BookingState } from '../../domain/bookings/purchase-booking.ts';
import { writeNotice } from './booking-notices.ts';
import type { Database } from '../database/database.ts';
import type { PurchaseBookingRow, Schema } from '../database/schema.ts';

type Patch = Partial<Omit<PurchaseBookingRow, 'id' | 'state' | 'revision' | 'changed_at'>>;

/** What a booking that waits for nothing any more leaves behind of its waiting. */
export const settled = { hold_reason: null, hold_until: null, misfits: '[]', attempted_at: null };

/** Whether it was changed; null decides that it stays as it is. */
export type BookingChange = (
  id: string,
  decide: (
    row: PurchaseBookingRow,
    trx: Kysely<Schema>,
  ) => { state: BookingState; patch: Patch } | null | Promise<{ state: BookingState; patch: Patch } | null>,
) => Promise<boolean>;

/** Changes a booking. Every change is told: the notice is written with it, or neither is. */
export function createBookingChange(
  { transact, sql }: Database,
  { now }: { now: () => Date },
): BookingChange {
  return (id, decide) =>
    transact(lockOf(id), async (trx) => {
      const row = await trx
        .selectFrom('purchase_bookings')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      const decided = await decide(row, trx);
      if (!decided) return false;
      const after: PurchaseBookingRow = {
        ...row,
        ...decided.patch,
        state: decided.state,
        revision: row.revision + 1,
        changed_at: now().toISOString(),
      };
      await trx.updateTable('purchase_bookings').set(after).where('id', '=', id).execute();
      await writeNotice(trx, sql, after);
      return true;
    });
}

/** Whatever changes a booking, also where nobody is told of it, waits for what else changes it. */
export const lockOf = (id: string) => `bookings/${id}`;
