import { describe, expect, test } from '@jest/globals';
import { purchaseBookingSchema } from '../../../domain/bookings/purchase-booking.ts';
import { booking } from '../../booking.ts';

const problems = (body: unknown) =>
  (purchaseBookingSchema.safeParse(body).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.')} ${message}`,
  );

describe('A purchase booking', () => {
  test('that adds up is taken as it is', () => {
    expect(problems(booking())).toEqual([]);
  });

  test.each([
    ['net', { net: '100.01', vat: '21.00', gross: '121.01' }, 'totals.net must add up to 100.00'],
    ['vat', { net: '100.00', vat: '21.01', gross: '121.01' }, 'totals.vat must add up to 21.00'],
    ['gross', { net: '100.00', vat: '21.00', gross: '121.10' }, 'totals.gross must add up to 121.00'],
  ])('whose %s does not add up is refused, and told what it adds up to', (_, totals, problem) => {
    expect(problems(booking({ totals }))).toEqual([problem]);
  });

  test('adds up to the cent where floating point does not, also for a credit note', () => {
    const line = (netAmount: string) => ({ glAccount: '4400', netAmount, vatAmount: '0' });
    const lines = [line('-0.1'), line('-0.2'), line('-9007199254740.93')];
    const net = '-9007199254741.23';
    expect(problems(booking({ lines, totals: { net, vat: '0.00', gross: net } }))).toEqual([]);
  });

  test.each([100, '1e2', '1,00', '1.005', ''])(
    'takes no amount but plain text with two decimals (%s)',
    (net) => {
      const [first, second] = booking().lines;
      expect(problems({ ...booking(), lines: [{ ...first, netAmount: net }, second] })).toEqual([
        expect.stringMatching(/^lines\.0\.netAmount /),
      ]);
    },
  );

  test('has a VAT code where there is VAT, and no due date before its invoice date', () => {
    const lines = [{ glAccount: '4400', netAmount: '100.00', vatAmount: '21.00' }];
    expect(problems(booking({ lines, dueDate: '2026-11-19' }))).toEqual([
      'dueDate must not be before the invoice date',
      'lines.0.vatCode must be there, for there is VAT',
    ]);
  });

  test.each(['.', '..'])('has a reference that an address can name, so not %s', (reference) => {
    expect(problems(booking({ reference }))).toEqual([
      'reference must not be "." or "..", which no address can name',
    ]);
  });

  test('with a member nobody knows is refused: it might have meant something', () => {
    expect(problems({ ...booking(), costCenter: 'A' })).toHaveLength(1);
  });
});

describe('The limits of a purchase booking', () => {
  test('take a due date on the invoice date, and none before it', () => {
    const { invoiceDate } = booking();
    expect(problems(booking({ dueDate: invoiceDate }))).toEqual([]);
    expect(problems(booking({ dueDate: '2027-01-31' }))).toEqual([]);
  });

  test('take no space around a name, and no name that is only space', () => {
    expect(purchaseBookingSchema.parse(booking({ supplier: ' 20010 ' })).supplier).toBe('20010');
    expect(problems(booking({ supplier: '  ' }))).toHaveLength(1);
  });

  test('take a reference with points, as long as it is not only one or two', () => {
    for (const reference of ['...', '.a', 'a.', 'a..', '..a'])
      expect(problems(booking({ reference }))).toEqual([]);
  });

  test('take twenty entries that are other invoices, and not more', () => {
    const entries = (count: number) => Array.from({ length: count }, (_, index) => String(index));
    expect(problems(booking({ besides: [] }))).toEqual([]);
    expect(problems(booking({ besides: entries(20) }))).toEqual([]);
    expect(problems(booking({ besides: entries(21) }))).toHaveLength(1);
  });

  test('take a currency of three capital letters', () => {
    expect(problems(booking({ currency: 'USD' }))).toEqual([]);
    for (const currency of ['EU', 'eur', 'EURO', 'XEUR'])
      expect(problems(booking({ currency }))).toEqual(['currency must be a currency like EUR']);
  });

  test('say how an amount is written', () => {
    const totals = { net: '100,00', vat: '21.00', gross: '121.00' };
    expect(problems(booking({ totals }))).toEqual([
      'totals.net must be an amount as text with at most two decimals, like "1210.00"',
    ]);
  });

  test('let a line without VAT be without a VAT code', () => {
    const lines = [{ glAccount: '4400', netAmount: '100.00', vatAmount: '0.00' }];
    const totals = { net: '100.00', vat: '0.00', gross: '100.00' };
    expect(problems(booking({ lines, totals }))).toEqual([]);
  });
});
