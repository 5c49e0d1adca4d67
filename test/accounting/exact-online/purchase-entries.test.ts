import { describe, expect, test } from '@jest/globals';
import type { MasterDataKind, MasterDataRow } from '../../../domain/master-data.ts';
import { enterAtOnce, keepsTheBookingContract, type BookableSystem } from '../bookings-contract.ts';
import { TooLate } from '../../../accounting/failure.ts';
import { failureOf } from '../failure-of.ts';
import { createMemoryVault } from '../memory-vault.ts';
import { createWorkbench, type Workbench } from './sandbox.ts';

const user = 'CX_Basecone';
let bench: Workbench;

describe('Purchase entries of Exact Online', () => {
  let bookable: BookableSystem;
  const open = async () => (bookable = await openBookable());
  keepsTheBookingContract(open);

  const asked = () => ({
    company: bookable.company,
    supplier: bookable.supplier,
    mark: 'SU-aaaaaaaaaaaa',
    invoiceNumber: '1',
  });

  test('without the right to see entries nothing is taken for not booked', async () => {
    await bench.turn('booking-right', { user, allowed: false });
    expect(await failureOf(bookable.bookings.find(asked()))).toMatchObject({ about: 'right' });
  });

  test('an app without the scope is told so', async () => {
    await bench.turn('app-scope', { scope: 'purchase.invoices', level: 'read' });
    expect(await failureOf(enterAtOnce(bookable.bookings, { ...asked(), entry: bookable.entry }))).toEqual({
      about: 'right',
      gate: 'app-scope',
    });
  });

  test('a VAT code that includes the VAT gets the gross amount', async () => {
    const [line] = bookable.entry.lines;
    const including = { externalId: 'any', code: '1' };
    await enterAtOnce(bookable.bookings, {
      ...asked(),
      entry: { ...bookable.entry, lines: [{ ...line!, vatCode: including }] },
    });
    expect(await bookable.bookedAmounts('1')).toEqual([121]);
  });

  test.each([
    ['costCentre', 'Cost center'],
    ['costUnit', 'Cost unit'],
    ['vatCode', 'VAT code'],
    ['project', 'Project'],
  ])('the %s of a line is sent: one that is not there is refused by its name', async (field, name) => {
    const gone = { externalId: '00000000-0000-4000-8000-000000000000', code: 'no such' };
    const lines = bookable.entry.lines.map((line) => ({ ...line, [field]: gone }));
    const entering = enterAtOnce(bookable.bookings, { ...asked(), entry: { ...bookable.entry, lines } });
    expect(await failureOf(entering)).toEqual({ about: 'booking', said: expect.stringContaining(name) });
  });

  test('a server error is a delay whatever words it has, and nobody knows; its words are kept', async () => {
    await bench.turn('close-period', { division: bookable.company.externalId, until: '2026-11' });
    const entering = enterAtOnce(bookable.bookings, { ...asked(), entry: bookable.entry });
    expect(await failureOf(entering)).toEqual({
      ...{ about: 'delay', reason: 'outage', until: null },
      said: expect.stringContaining('period is closed'),
    });
  });

  test('what is too late is not sent', async () => {
    const prepared = await bookable.bookings.prepare({ ...asked(), entry: bookable.entry });
    const sending = prepared.enter(() => {
      throw new TooLate('two minutes old');
    });
    await expect(sending).rejects.toThrow('two minutes old');
    expect(await bookable.bookedAmounts('1')).toEqual([]);
  });

  test('an outage while booking is no answer', async () => {
    await bench.turn('outage', { on: true });
    expect(
      await failureOf(enterAtOnce(bookable.bookings, { ...asked(), entry: bookable.entry })),
    ).toMatchObject({
      about: 'delay',
      reason: 'outage',
    });
  });
});

async function openBookable(): Promise<BookableSystem> {
  bench = await createWorkbench({ minuteLimit: 5_000 });
  const division = String((await bench.divisions())[0]);
  const company = { externalId: division };
  const session = async () => bench.system.open(createMemoryVault(await bench.logIn(user)));
  let current = await session();
  const rows = async (kind: MasterDataKind) => {
    const found: MasterDataRow[] = [];
    for await (const page of current.read({ company, kind, checkpoint: null })) found.push(...page.rows);
    return found;
  };
  const supplier = (await rows('relation')).find(
    (row) => row.active && (row as MasterDataRow<'relation'>).details.isSupplier,
  )!;
  const account = (await rows('gl-account')).find(({ code }) => code === '4400')!;
  const named = (code: string) => ({ externalId: 'any', code });
  const bookable: BookableSystem = {
    get bookings() {
      return current.purchaseBookings!;
    },
    company,
    supplier: supplier.externalId,
    entry: {
      journal: named('50'),
      invoiceDate: '2026-11-20',
      dueDate: '2026-12-20',
      currency: 'EUR',
      description: 'Papier en toner voor het kantoor, geleverd in november 2026',
      besides: [],
      lines: [
        {
          glAccount: account,
          description: 'Papier',
          netAmount: '100.00',
          vatCode: named('2'),
          vatAmount: '21.00',
          costCentre: named('KP001'),
          costUnit: named('KD001'),
          project: null,
        },
      ],
      totals: { net: '100.00', vat: '21.00', gross: '121.00' },
    },
    async mend() {
      await bench.turn('reset', {});
      current = await session();
    },
    loseReply: () => bench.turn('lose-entry-reply', {}),
    refusable: async () => ({ ...bookable.entry, journal: named('no such') }),
    bookByHand: (invoiceNumber) =>
      enterAtOnce(bookable.bookings, {
        company,
        supplier: supplier.externalId,
        mark: '(by hand)',
        invoiceNumber,
        entry: bookable.entry,
      }),
    async bookedAmounts(invoiceNumber) {
      const state = await fetch(`${bench.url}/control/state`);
      const { entries } = (await state.json()) as { entries: { yourRef: string; amount: number }[] };
      return entries.filter(({ yourRef }) => yourRef === invoiceNumber).map(({ amount }) => amount);
    },
    close: () => bench.close(),
  };
  return bookable;
}
