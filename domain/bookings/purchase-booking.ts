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
