import { describe, expect, test } from '@jest/globals';
import type { MasterDataKind, MasterDataRow } from '../../../domain/master-data.ts';
import { keepsTheBookingContract, type BookableSystem } from '../bookings-contract.ts';
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
    expect(await failureOf(bookable.bookings.enter({ ...asked(), entry: bookable.entry }))).toEqual({
      about: 'right',
      gate: 'app-scope',
    });
  });

  test('a VAT code that includes the VAT gets the gross amount', async () => {
    const [line] = bookable.entry.lines;
    const including = { externalId: 'any', code: '1' };
    await bookable.bookings.enter({
      ...asked(),
      entry: { ...bookable.entry, lines: [{ ...line!, vatCode: including }] },
    });
    expect(await bookable.bookedAmounts('1')).toEqual([121]);
  });

  test('an outage while booking is no answer', async () => {
    await bench.turn('outage', { on: true });
    expect(await failureOf(bookable.bookings.enter({ ...asked(), entry: bookable.entry }))).toMatchObject({
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
    closeNovember: () => bench.turn('close-period', { division, until: '2026-11' }),
    bookByHand: (invoiceNumber) =>
      bookable.bookings.enter({
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
