import type { UnfitBookings } from '../../../domain/announcements/bookings.ts';
import { fieldInWords } from '../../../words/bookings/fields.ts';
import { misfitWords } from '../../../words/bookings/misfits.ts';
import type { Message } from '../blocks.ts';
import { paragraphs } from '../paragraphs.ts';
import { counted, escaped } from '../words.ts';

const shown = 20;

/** What could not be booked as it is; one message per connection, edited until everything is settled. */
export function unfitBookings({ connectionName, bookings }: UnfitBookings): Message {
  const name = escaped(connectionName);
  if (bookings.length === 0)
    return paragraphs(
      `:large_green_circle: *${name}*: every booking that did not fit was corrected or withdrawn.`,
    );
  return paragraphs(
    `:warning: *${name}: ${counted(bookings.length, 'booking was', 'bookings were')} not made*, because the accounting system would not take ${bookings.length === 1 ? 'it' : 'them'} as ${bookings.length === 1 ? 'it is' : 'they are'}. Nothing was changed in the books, and all other bookings go on.`,
    { lines: bookings.map(line), shown },
    '*Next step:* whoever entered the document corrects or withdraws it where it was entered. This message is edited until all are settled.',
  );
}

function line({ reference, company, misfits }: UnfitBookings['bookings'][number]): string {
  const parts = misfits.map(({ field, value, why, said }) => {
    const what = `${fieldInWords(field)}${value ? ` ${escaped(value)}` : ''}`;
    return `${what} ${misfitWords[why]}${said ? ` (${escaped(said)})` : ''}`;
  });
  return `• ${escaped(reference)}, ${escaped(company)}: ${parts.join('; ')}`;
}
