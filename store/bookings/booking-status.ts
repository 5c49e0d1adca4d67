import { z } from 'zod';
import type { MisfitReason } from '../../domain/bookings/booking-fit.ts';
import type { BookingStatus } from '../../domain/bookings/booking-status.ts';
import type { BookingState, HoldReason } from '../../domain/bookings/purchase-booking.ts';
import type { StoredBooking } from './purchase-bookings.ts';

export function statusOf(stored: StoredBooking): BookingStatus {
  const { booking, connectionId, companyId, state, hold, misfits, entry } = stored;
  const waits = state === 'held' ? hold : null;
  return {
    reference: booking.reference,
    connection: connectionId,
    company: companyId,
    state,
    reason: waits?.reason ?? null,
    until: waits?.until ?? null,
    misfits: misfits.map(({ field, value, why, said }) => ({ field, value, why, said })),
    entryNumber: entry?.number ?? null,
    revision: stored.revision,
    receivedAt: stored.receivedAt,
    changedAt: stored.changedAt,
  };
}

/** A code of ours; one that another version wrote is told as it is, so that it holds up no other notice. */
const code = <Code extends string>() => z.string() as unknown as z.ZodType<Code>;

/** As it is kept in a notice until the caller was told. */
export const bookingStatusSchema: z.ZodType<BookingStatus> = z.object({
  reference: z.string(),
  connection: z.string(),
  company: z.string(),
  state: code<BookingState>(),
  reason: code<HoldReason>().nullable(),
  until: z.string().nullable(),
  misfits: z.array(
    z.object({
      field: z.string(),
      value: z.string(),
      why: code<MisfitReason>(),
      said: z.string().nullable(),
    }),
  ),
  entryNumber: z.string().nullable(),
  revision: z.number(),
  receivedAt: z.string(),
  changedAt: z.string(),
});
