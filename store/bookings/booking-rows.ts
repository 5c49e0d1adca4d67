import { createHash } from 'node:crypto';
import { z } from 'zod';
import { sumOf } from '../../domain/bookings/amounts.ts';
import { misfitReasons } from '../../domain/bookings/booking-fit.ts';
import { inOneForm } from '../../domain/meant.ts';
import { purchaseBookingSchema, type PurchaseBooking } from '../../domain/bookings/purchase-booking.ts';
import { parseJson } from '../database/json.ts';
import type { StoredBooking } from './purchase-bookings.ts';
import type { PurchaseBookingRow } from '../database/schema.ts';
import type { CompanyId, ConnectionId } from '../../domain/ids.ts';

const pinnedSchema = z.record(z.string(), z.object({ externalId: z.string(), code: z.string().nullable() }));
const misfitsSchema = z.array(
  z.object({ field: z.string(), value: z.string(), why: z.enum(misfitReasons), said: z.string().nullable() }),
);

/** Short enough for a field of any package, and the same for ever: the reference is the caller's idempotency key. */
export function bookingId(connectionId: ConnectionId, companyId: CompanyId, reference: string): string {
  return `SU-${hashOf([connectionId, companyId, reference]).slice(0, 12)}`;
}

const amounts = ['netAmount', 'vatAmount', 'net', 'vat', 'gross'];
const named = ['supplier', 'journal', 'glAccount', 'vatCode', 'costCentre', 'costUnit', 'project'];

/**
 * The same content has the same hash: in whatever order its members were written (zod puts them in its own), with null or
 * without a member, with 100 or 100.00, and with a GUID in capital or small letters.
 */
export function contentHash(booking: PurchaseBooking): string {
  const content = JSON.stringify(booking, (name, value: unknown) => {
    if (value === null) return undefined;
    if (typeof value !== 'string') return value;
    if (named.includes(name)) return inOneForm(value);
    return amounts.includes(name) ? sumOf([value]) : value;
  });
  return hashOf(content);
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
    attempt: row.attempt,
    attemptedAt: row.attempted_at,
    enteredAt: row.entered_at,
    failures: row.failures,
    failureSaid: row.failure_said,
    entry: row.entry_id === null ? null : { id: row.entry_id, number: row.entry_number ?? row.entry_id },
    receivedAt: row.received_at,
    changedAt: row.changed_at,
    revision: row.revision,
  };
}
