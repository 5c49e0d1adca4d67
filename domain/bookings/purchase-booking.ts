import { z } from 'zod';
import { amountPattern, sameAmount, sumOf } from './amounts.ts';

const words = (longest: number) => z.string().trim().min(1).max(longest);
/** A row of master data, by its id or its code (domain/meant.ts). */
const row = words(100);
const day = z.iso.date();
const amount = z
  .string()
  .regex(amountPattern, 'must be an amount as text with at most two decimals, like "1210.00"');

const lineSchema = z.strictObject({
  glAccount: row,
  description: words(60).nullish(),
  netAmount: amount,
  vatCode: row.nullish(),
  /** As it stands on the invoice, so that nobody rounds it anew. */
  vatAmount: amount,
  costCentre: row.nullish(),
  costUnit: row.nullish(),
  project: row.nullish(),
});

/**
 * A purchase invoice as a booking system hands it over, in the words of the office. A credit note has negative amounts.
 * Its month is that of the invoice date.
 */
export const purchaseBookingSchema = z
  .strictObject({
    /** The document in the system of the caller: the same reference is the same booking, for ever. */
    reference: words(100).refine(
      (text) => !/^\.{1,2}$/.test(text),
      'must not be "." or "..", which no address can name',
    ),
    supplier: row,
    journal: row,
    /** Thirty characters is what the shortest field of the packages takes. */
    invoiceNumber: words(30),
    /**
     * Entries in the package with this supplier and this number that are another invoice nevertheless, by their numbers: a
     * person has looked at each.
     */
    besides: z.array(words(40)).max(20).nullish(),
    invoiceDate: day,
    dueDate: day.nullish(),
    currency: z.string().regex(/^[A-Z]{3}$/, 'must be a currency like EUR'),
    description: words(200).nullish(),
    lines: z.array(lineSchema).min(1).max(200),
    totals: z.strictObject({ net: amount, vat: amount, gross: amount }),
    /** An office user whose own login books; without it that of the synchronisation user does. */
    bookAs: words(100).nullish(),
  })
  .superRefine(({ lines, totals, invoiceDate, dueDate }, context) => {
    const mustBe = (path: string[], given: string, sum: string) => {
      if (!sameAmount(given, sum))
        context.addIssue({ code: 'custom', path, message: `must add up to ${sum}` });
    };
    if (
      ![...lines.flatMap((line) => [line.netAmount, line.vatAmount]), ...Object.values(totals)].every(
        isAmount,
      )
    )
      return;
    mustBe(['totals', 'net'], totals.net, sumOf(lines.map(({ netAmount }) => netAmount)));
    mustBe(['totals', 'vat'], totals.vat, sumOf(lines.map(({ vatAmount }) => vatAmount)));
    mustBe(['totals', 'gross'], totals.gross, sumOf([totals.net, totals.vat]));
    if (dueDate && dueDate < invoiceDate)
      context.addIssue({ code: 'custom', path: ['dueDate'], message: 'must not be before the invoice date' });
    lines.forEach(({ vatCode, vatAmount }, index) => {
      if (!vatCode && !sameAmount(vatAmount, '0'))
        context.addIssue({
          code: 'custom',
          path: ['lines', String(index), 'vatCode'],
          message: 'must be there, for there is VAT',
        });
    });
  });
export type PurchaseBooking = z.infer<typeof purchaseBookingSchema>;

const isAmount = (text: string) => amountPattern.test(text);

/**
 * Where a booking is. `accepted`: its delivery is under way; `held`: it waits by itself, the reason says for what;
 * `misfit`: a human must correct or withdraw it; `delivered` and `withdrawn` are the ends.
 */
export const bookingStates = ['accepted', 'held', 'misfit', 'delivered', 'withdrawn'] as const;
export type BookingState = (typeof bookingStates)[number];

/** What a held booking waits for; nothing in it needs a human to touch the booking. */
export const holdReasons = [
  'disconnected',
  'delayed',
  'company-not-reachable',
  'master-data-not-fresh',
  'paused',
  'outcome-unknown',
  'login-lost',
  'deliveries-stopped',
  'not-allowed',
] as const;
export type HoldReason = (typeof holdReasons)[number];

export const holdWords: Record<HoldReason, string> = {
  disconnected: 'the accounting system is disconnected; it goes on when somebody has logged in again',
  delayed: 'the accounting system does not answer, or limits us; it goes on by itself',
  'company-not-reachable': 'the company cannot be reached at the moment',
  'master-data-not-fresh': 'the master data is read again first, as the connection is back only now',
  paused:
    'the master data is read again first, and a superuser paused the synchronisation; it goes on when they resume it',
  'outcome-unknown':
    'nobody knows yet whether the accounting system has booked it: it is looked up before anything is sent again',
  'login-lost':
    'nobody knows yet whether the accounting system has booked it: the login that sent it works no more, and that of the connection may not look; it goes on when that person has connected their login again, or when an administrator of the accounting system lets the other look',
  'deliveries-stopped':
    'all deliveries of this connection are stopped, because a booking came back from another company, or stands in the books twice; they go on when a person has looked and lets them',
  'not-allowed':
    'the login may not book in this company; an administrator of the accounting system can change that',
};
