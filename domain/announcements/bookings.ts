import type { Misfit } from '../bookings/booking-fit.ts';
import type { Moment } from '../master-data.ts';

/** Bookings of a connection that cannot be made as they are; none when all of them are settled. */
export interface UnfitBookings {
  what: 'unfit-bookings';
  connectionName: string;
  bookings: {
    reference: string;
    company: string;
    misfits: Misfit[];
  }[];
}

/** A booking came back from another company than it was sent to, or stands in the books more than once. */
export interface DeliveriesStopped {
  what: 'deliveries-stopped';
  connectionName: string;
  systemName: string;
  reference: string;
  expected: string;
  found: string;
  /** The numbers of its entries, where there is more than one. */
  entries: string[];
  since: Moment;
}
