import type { BookingStatus } from '../../domain/bookings/booking-status.ts';
import { holdWords } from './holds.ts';
import { misfitWords } from './misfits.ts';

/** How far a booking is, with what it means for a person. */
export type ToldStatus = Omit<BookingStatus, 'misfits'> & {
  misfits: (BookingStatus['misfits'][number] & { words: string })[];
  words: string;
};

/** The same with its sentences: as the API answers it, and as the caller is notified. */
export function bookingInWords(status: BookingStatus): ToldStatus {
  const misfits = status.misfits.map((misfit) => ({
    ...misfit,
    words: misfitWords[misfit.why] ?? misfit.why,
  }));
  return { ...status, misfits, words: sentence(status) };
}

function sentence({ state, reason, misfits, entryNumber }: BookingStatus): string {
  switch (state) {
    case 'accepted':
      return 'It is being delivered.';
    case 'held':
      return `It is kept, and delivered once: ${reason ? (holdWords[reason] ?? reason) : 'it waits for its turn'}.`;
    case 'misfit':
      return `It was not booked, because ${misfits.length === 1 ? 'a part of it does' : 'parts of it do'} not fit. Correct or withdraw it.`;
    case 'delivered':
      return `It is entry ${entryNumber ?? ''} in the accounting system.`;
    case 'withdrawn':
      return 'It was withdrawn, and is not booked.';
  }
}
