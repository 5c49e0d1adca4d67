import type { Misfit, NamedRows } from '../../domain/bookings/booking-fit.ts';
import type { Moment } from '../../domain/master-data.ts';
import type { BookingState, HoldReason, PurchaseBooking } from '../../domain/bookings/purchase-booking.ts';
import { createBookingDeliveries, type BookingDeliveries } from './booking-deliveries.ts';
import { createBookingIntake, type BookingIntake } from './booking-intake.ts';
import { createBookingQueries, type BookingQueries } from './booking-queries.ts';
import type { Database } from '../database/database.ts';
import type { SharedClock } from '../database/shared-clock.ts';
import type { CompanyId, ConnectionId } from '../../domain/ids.ts';

/** A purchase booking that was handed over, and how far it is. */
export interface StoredBooking {
  /** Made of connection, company and reference; the mark by which its entry is found again in the package. */
  id: string;
  connectionId: ConnectionId;
  companyId: CompanyId;
  /** Its place in the line of its company. */
  position: number;
  booking: PurchaseBooking;
  contentHash: string;
  /** Which rows of master data it named when it was handed over. */
  pinned: NamedRows;
  state: BookingState;
  hold: { reason: HoldReason; until: Moment | null } | null;
  misfits: Misfit[];
  /** The message in Slack that lists it: it goes on as long as any booking of the connection does not fit. */
  misfitList: number | null;
  /** How often it was tried to send it; the number is that of the newest attempt. */
  attempt: number;
  /** Since when nobody knows whether the package has it; null when it was never sent, or surely not taken. */
  attemptedAt: Moment | null;
  /** When the package said that it took it; then it is never sent again, only looked for. */
  enteredAt: Moment | null;
  /** Attempts of which nobody knew what became although the package answered, and what it said at the last of them. */
  failures: number;
  failureSaid: string | null;
  entry: { id: string; number: string } | null;
  receivedAt: Moment;
  changedAt: Moment;
  /** Counts up with every change of state or content. */
  revision: number;
}

/** Purchase bookings, in the order in which they were handed over. Contents stay here, never in a workflow. */
export type PurchaseBookingStore = BookingIntake & BookingDeliveries & BookingQueries;

export function createPurchaseBookingStore(
  database: Database,
  options: { now: () => Date; clock: SharedClock },
): PurchaseBookingStore {
  return {
    ...createBookingQueries(database),
    ...createBookingIntake(database, options),
    ...createBookingDeliveries(database, options),
  };
}
