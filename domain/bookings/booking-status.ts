import type { Moment } from '../master-data.ts';
import type { Misfit } from './booking-fit.ts';
import type { BookingState, HoldReason } from './purchase-booking.ts';

/** How far a booking is, as its caller reads it: by the API and in the notices that are sent to them. */
export interface BookingStatus {
  reference: string;
  connection: string;
  company: string;
  state: BookingState;
  /** What a held booking waits for. */
  reason: HoldReason | null;
  /** When it goes on, where somebody said so. */
  until: Moment | null;
  misfits: Misfit[];
  /** The number of the entry in the accounting system. */
  entryNumber: string | null;
  revision: number;
  receivedAt: Moment;
  changedAt: Moment;
}
