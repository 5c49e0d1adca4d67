import type { UnfitBookings } from '../../domain/announcements/bookings.ts';
import { paragraphs, type Message } from './blocks.ts';
import { counted, escaped, grouped } from './words.ts';

const shown = 20;

/** What could not be booked as it is; one message per connection, edited until everything is settled. */
export function unfitBookings({ connectionName, bookings }: UnfitBookings): Message {
  const name = escaped(connectionName);
  if (bookings.length === 0)
    return paragraphs(
      `:large_green_circle: *${name}*: every booking that did not fit was corrected or withdrawn.`,
    );
  const rest = bookings.length - shown;
  return paragraphs(
    `:warning: *${name}: ${counted(bookings.length, 'booking was', 'bookings were')} not made*, because the accounting system would not take ${bookings.length === 1 ? 'it' : 'them'} as ${bookings.length === 1 ? 'it is' : 'they are'}. Nothing was changed in the books, and all other bookings go on.`,
    [...bookings.slice(0, shown).map(line), ...(rest > 0 ? [`and ${grouped(rest)} more`] : [])].join('\n'),
    '*Next step:* whoever entered the document corrects or withdraws it where it was entered. This message is edited until all are settled.',
  );
}

function line({ reference, company, misfits }: UnfitBookings['bookings'][number]): string {
  const why = misfits.map(({ field, value, words, said }) => {
    const what = `${fieldName(field)}${value ? ` ${escaped(value)}` : ''}`;
    return `${what} ${words}${said ? ` (${escaped(said)})` : ''}`;
  });
  return `• ${escaped(reference)}, ${escaped(company)}: ${why.join('; ')}`;
}

const names: Record<string, string> = {
  supplier: 'supplier',
  journal: 'journal',
  invoiceNumber: 'invoice',
  bookAs: 'office user',
  booking: 'the booking',
  glAccount: 'GL account',
  vatCode: 'VAT code',
  costCentre: 'cost centre',
  costUnit: 'cost unit',
  project: 'project',
};

/** `lines.1.vatCode` is "line 2, VAT code". */
function fieldName(field: string): string {
  const [, line, name = field] = /^lines\.(\d+)\.(\w+)$/.exec(field) ?? [];
  const words = names[name] ?? name;
  return line === undefined ? words : `line ${Number(line) + 1}, ${words}`;
}
