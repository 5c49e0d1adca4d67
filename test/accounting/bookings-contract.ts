import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { EntryQuery, NewPurchaseEntry, PurchaseBookings } from '../../accounting/port.ts';
import { failureOf } from './failure-of.ts';

/** Books it as the caller does that is not too late. */
export async function enterAtOnce(
  bookings: PurchaseBookings,
  request: Parameters<PurchaseBookings['prepare']>[0],
): Promise<void> {
  const prepared = await bookings.prepare(request);
  await prepared.enter(() => undefined);
}

/** A package in which bookings are made, and what its people and its administrator do there. */
export interface BookableSystem {
  bookings: PurchaseBookings;
  company: { externalId: string };
  /** External id of a supplier. */
  supplier: string;
  /** An invoice of 100.00 and 21.00 VAT in November 2026, whose names are those of the company. */
  entry: NewPurchaseEntry;
  /** Undoes what a test before this one did. */
  mend(): Promise<void>;
  /** The next entry is made, and its answer never arrives. */
  loseReply(): Promise<void>;
  /** An entry that the package refuses in words, after what its administrator did for that. */
  refusable(): Promise<NewPurchaseEntry>;
  /** Somebody in the package books an invoice of this supplier by hand. */
  bookByHand(invoiceNumber: string): Promise<void>;
  /** The gross amounts of what is booked under this number, and how many entries there are. */
  bookedAmounts(invoiceNumber: string): Promise<number[]>;
  close(): Promise<void>;
}

/** What every package that can be booked in must keep (accounting/port.ts, `PurchaseBookings`). */
export function keepsTheBookingContract(open: () => Promise<BookableSystem>, openWithinMs?: number): void {
  let at: BookableSystem;
  let count = 0;
  let asked: EntryQuery;
  beforeAll(async () => {
    at = await open();
  }, openWithinMs);
  afterAll(() => at.close());
  beforeEach(async () => {
    await at.mend();
    count += 1;
    asked = {
      company: at.company,
      mark: `SU-00000000000${count}`,
      supplier: at.supplier,
      invoiceNumber: `F'2026-${count}`,
    };
  });
  const enter = (entry: NewPurchaseEntry = at.entry) => enterAtOnce(at.bookings, { ...asked, entry });

  test('an invoice that is not booked yet is not found; once booked it is, with its number and its company', async () => {
    expect(await at.bookings.find(asked)).toEqual([]);
    await enter();
    const [found, ...others] = await at.bookings.find(asked);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      ...{ ours: true, companyId: at.company.externalId, date: at.entry.invoiceDate },
    });
    expect(found?.number).toMatch(/\d/);
    expect(await at.bookedAmounts(asked.invoiceNumber)).toEqual([121]);
  });

  test('what was booked although no answer came is found again by our own mark', async () => {
    await at.loseReply();
    expect(await failureOf(enter())).toEqual({ about: 'delay', reason: 'outage', until: null });
    expect(await at.bookings.find(asked)).toMatchObject([{ ours: true }]);
  });

  test('what the package refuses it refuses in words, and has not booked', async () => {
    const entry = await at.refusable();
    expect(await failureOf(enter(entry))).toMatchObject({
      about: 'booking',
      said: expect.stringMatching(/\w+/),
    });
    expect(await at.bookings.find(asked)).toEqual([]);
  });

  test('the same invoice booked by somebody else is found, and is not taken for ours', async () => {
    await at.bookByHand(asked.invoiceNumber);
    expect(await at.bookings.find(asked)).toMatchObject([{ ours: false }]);
  });

  test('a credit note is an invoice with negative amounts', async () => {
    const [line] = at.entry.lines;
    await enter({
      ...at.entry,
      lines: [{ ...line!, netAmount: '-100.00', vatAmount: '-21.00' }],
      totals: { net: '-100.00', vat: '-21.00', gross: '-121.00' },
    });
    expect(await at.bookedAmounts(asked.invoiceNumber)).toEqual([-121]);
  });
}
