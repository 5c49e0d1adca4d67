import { misfitWords, type MisfitReason } from '../../domain/bookings/booking-fit.ts';
import type { Moment } from '../../domain/master-data.ts';
import { holdWords, type BookingState, type HoldReason } from '../../domain/bookings/purchase-booking.ts';
import type { StoredBooking } from './purchase-bookings.ts';

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
  misfits: { field: string; value: string; why: MisfitReason; words: string; said: string | null }[];
  /** What the state means, for a person. */
  words: string;
  /** The number of the entry in the accounting system. */
  entryNumber: string | null;
  revision: number;
  receivedAt: Moment;
  changedAt: Moment;
}

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
    misfits: misfits.map((misfit) => ({ ...misfit, words: misfitWords[misfit.why] })),
    words: wordsFor(stored),
    entryNumber: entry?.number ?? null,
    revision: stored.revision,
    receivedAt: stored.receivedAt,
    changedAt: stored.changedAt,
  };
}

function wordsFor({ state, hold, entry, misfits }: StoredBooking): string {
  switch (state) {
    case 'accepted':
      return 'It is being delivered.';
    case 'held':
      return `It is kept, and delivered once: ${hold ? holdWords[hold.reason] : 'it waits for its turn'}.`;
    case 'misfit':
      return `It was not booked, because ${misfits.length === 1 ? 'a part of it does' : 'parts of it do'} not fit. Correct or withdraw it.`;
    case 'delivered':
      return `It is entry ${entry?.number ?? ''} in the accounting system.`;
    case 'withdrawn':
      return 'It was withdrawn, and is not booked.';
  }
}
