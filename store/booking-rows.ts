import { createHash } from 'node:crypto';
import { z } from 'zod';
import { misfitReasons } from '../domain/booking-fit.ts';
import { purchaseBookingSchema, type PurchaseBooking } from '../domain/purchase-booking.ts';
import { parseJson } from './json.ts';
import type { StoredBooking } from './purchase-bookings.ts';
import type { PurchaseBookingRow } from './schema.ts';

const pinnedSchema = z.record(z.string(), z.object({ externalId: z.string(), code: z.string().nullable() }));
const misfitsSchema = z.array(
  z.object({ field: z.string(), value: z.string(), why: z.enum(misfitReasons), said: z.string().nullable() }),
);

/** Short enough for a field of any package, and the same for ever: the reference is the caller's idempotency key. */
export function bookingId(connectionId: string, companyId: string, reference: string): string {
  return `SU-${hashOf([connectionId, companyId, reference]).slice(0, 12)}`;
}

/** The same content has the same hash, in whatever order its members were written (zod puts them in its own). */
export function contentHash(booking: PurchaseBooking): string {
  return hashOf(booking);
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

export function fromRow(row: PurchaseBookingRow): StoredBooking {
  return {
    id: row.id,
    connectionId: row.connection_id,
    companyId: row.company_id,
    position: row.position,
    booking: parseJson(purchaseBookingSchema, row.content),
    contentHash: row.content_hash,
    pinned: parseJson(pinnedSchema, row.pinned),
    state: row.state,
    hold: row.hold_reason === null ? null : { reason: row.hold_reason, until: row.hold_until },
    misfits: parseJson(misfitsSchema, row.misfits),
    misfitList: row.misfit_list,
    attemptedAt: row.attempted_at,
    enteredAt: row.entered_at,
    entry: row.entry_id === null ? null : { id: row.entry_id, number: row.entry_number ?? row.entry_id },
    receivedAt: row.received_at,
    changedAt: row.changed_at,
    revision: row.revision,
  };
}
