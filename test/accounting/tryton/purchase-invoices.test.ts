import { afterEach, describe, expect, test } from '@jest/globals';
import { TooLate } from '../../../accounting/failure.ts';
import type { AccountingSession, NewPurchaseEntry } from '../../../accounting/port.ts';
import { taxCorrections } from '../../../accounting/tryton/invoice-taxes.ts';
import { createPurchaseBookings } from '../../../accounting/tryton/purchase-invoices.ts';
import { firstTimeMs, startOwnTryton, type OwnTryton } from '@syncuser/tryton-sandbox';
import { enterAtOnce, keepsTheBookingContract, type BookableSystem } from '../bookings-contract.ts';
import { failureOf } from '../failure-of.ts';
import { createFront, type Front } from '../front.ts';
import { logInAs } from './open-tryton.ts';

let tryton: OwnTryton;
let front: Front;
let bookable: BookableSystem;
const repairs: (() => Promise<unknown>)[] = [];

describe('Supplier invoices of Tryton', () => {
  keepsTheBookingContract(async () => (bookable = await openBookable()), firstTimeMs);
  afterEach(async () => {
    for (const repair of repairs.splice(0)) await repair();
  });

  let count = 0;
  const another = () => ({
    company: bookable.company,
    supplier: bookable.supplier,
    mark: `SU-aaaaaaaaaaa${++count}`,
    invoiceNumber: `T-${count}`,
  });
  const withLine = (changes: Partial<NewPurchaseEntry['lines'][number]>): NewPurchaseEntry => ({
    ...bookable.entry,
    lines: bookable.entry.lines.map((line) => ({ ...line, ...changes })),
  });

  test('an attempt that ended at the draft is not booked, and the next one leaves one invoice', async () => {
    const asked = another();
    front.loseReplyTo('model.account.invoice.create');
    const refused = await failureOf(enterAtOnce(bookable.bookings, { ...asked, entry: bookable.entry }));
    expect(refused).toMatchObject({ about: 'delay', reason: 'outage' });
    expect(await statesOf(asked.invoiceNumber)).toEqual(['draft']);
    expect(await bookable.bookings.find(asked)).toEqual([]);

    await enterAtOnce(bookable.bookings, { ...asked, entry: bookable.entry });
    expect(await statesOf(asked.invoiceNumber)).toEqual(['posted']);
    expect(await bookable.bookings.find(asked)).toMatchObject([{ ours: true }]);
  });

  test('the VAT is that of the invoice, also where Tryton rounds it otherwise', async () => {
    const asked = another();
    const totals = { net: '100.00', vat: '21.01', gross: '121.01' };
    await enterAtOnce(bookable.bookings, {
      ...asked,
      entry: { ...withLine({ vatAmount: '21.01' }), totals },
    });
    expect(await bookable.bookedAmounts(asked.invoiceNumber)).toEqual([121.01]);
  });

  test('an invoice whose total Tryton does not come to is refused, and leaves no draft that somebody could post', async () => {
    const asked = another();
    const entry = { ...bookable.entry, totals: { net: '100.00', vat: '22.00', gross: '122.00' } };
    expect(await failureOf(enterAtOnce(bookable.bookings, { ...asked, entry }))).toMatchObject({
      about: 'booking',
      said: expect.stringContaining('122'),
    });
    expect(await statesOf(asked.invoiceNumber)).toEqual([]);
  });

  test('a company that may not deduct VAT has it in its costs', async () => {
    const asked = another();
    const company = [Number(bookable.company.externalId)];
    repairs.push(() => tryton.desk.write('company.company', company, { purchase_taxes_expense: false }));
    await tryton.desk.write('company.company', company, { purchase_taxes_expense: true });
    await enterAtOnce(bookable.bookings, { ...asked, entry: bookable.entry });
    expect(await amountsOf(asked.invoiceNumber, 'untaxed_amount')).toEqual([121]);
  });

  test('a cost centre stands on its line, and what a line cannot name is said', async () => {
    const asked = another();
    const [costCentre = 0] = await ofCompany('analytic_account.account', ['code', '=', '010']);
    await enterAtOnce(bookable.bookings, { ...asked, entry: withLine({ costCentre: named(costCentre) }) });
    const booked = [
      ['origin.invoice.reference', '=', asked.invoiceNumber, 'account.invoice.line'],
      ['account', '=', costCentre],
    ];
    expect(await tryton.desk.find('analytic.account.entry', booked)).toHaveLength(1);

    const entry = withLine({ project: named(1) });
    expect(await failureOf(enterAtOnce(bookable.bookings, { ...another(), entry }))).toEqual({
      about: 'booking',
      said: 'A line of an invoice in Tryton has no project.',
    });
  });

  test('what somebody is entering by hand is found, and is not ours', async () => {
    const asked = another();
    const { externalId: company } = bookable.company;
    const supplier = Number(bookable.supplier);
    const [address] = await tryton.desk.find('party.address', [['party', '=', supplier]]);
    const [account] = await ofCompany('account.account', ['code', '=', '2.1.1']);
    const fields = { type: 'in', company: Number(company), party: supplier, currency: 1 };
    const by = { reference: asked.invoiceNumber, invoice_address: address, account };
    const [draft] = await tryton.desk.create('account.invoice', [{ ...fields, ...by }]);
    expect(await bookable.bookings.find(asked)).toEqual([
      { id: String(draft), number: `draft ${draft}`, date: null, companyId: company, ours: false },
    ]);
  });

  test.each([1, 2, 3, 4])(
    'that is too late at step %d leaves no draft that somebody could post',
    async (step) => {
      const asked = another();
      const entry = {
        ...withLine({ vatAmount: '21.01' }),
        totals: { net: '100.00', vat: '21.01', gross: '121.01' },
      };
      const prepared = await bookable.bookings.prepare({ ...asked, entry });
      let steps = 0;
      const sending = prepared.enter(() => {
        steps += 1;
        if (steps === step) throw new TooLate('two minutes old');
      });
      await expect(sending).rejects.toThrow('two minutes old');
      expect(await statesOf(asked.invoiceNumber)).toEqual([]);
    },
  );

  test('an attempt that comes too late, when it is booked already, is refused by Tryton itself', async () => {
    const asked = another();
    const enter = () => enterAtOnce(bookable.bookings, { ...asked, entry: bookable.entry });
    await enter();
    const late = await failureOf(enter());
    expect(late).toMatchObject({ about: 'booking', said: expect.stringContaining('similar') });
    expect(await statesOf(asked.invoiceNumber)).toEqual(['posted']);
  });

  test('another invoice with the same number is booked beside the one that somebody has looked at', async () => {
    const asked = another();
    await enterAtOnce(bookable.bookings, { ...asked, entry: bookable.entry });
    const beside = { ...asked, mark: another().mark };
    const [other] = await bookable.bookings.find(beside);
    const entry = { ...bookable.entry, besides: [other!.number] };
    await enterAtOnce(bookable.bookings, { ...beside, entry });
    expect(await bookable.bookings.find(beside)).toMatchObject([{ ours: false }, { ours: true }]);
    expect(await statesOf(asked.invoiceNumber)).toEqual(['posted', 'posted']);
  });

  test('what is cancelled is not booked, unless it is ours', async () => {
    const asked = another();
    await enterAtOnce(bookable.bookings, { ...asked, entry: bookable.entry });
    await tryton.desk.call('model.account.invoice.cancel', [await invoices(asked.invoiceNumber)]);
    expect(await bookable.bookings.find(asked)).toMatchObject([{ ours: true }]);
    expect(await bookable.bookings.find({ ...asked, mark: 'SU-ffffffffffff' })).toEqual([]);
  });

  test('where a rule may hide invoices, nothing is taken for not booked', async () => {
    const rule = {
      name: 'Eigen facturen',
      model: 'account.invoice',
      rules: [['create', [{ domain: '[["id", "<", 0]]' }]]],
    };
    const group = await tryton.desk.create('ir.rule.group', [rule]);
    repairs.push(() => tryton.desk.remove('ir.rule.group', group));
    expect(await failureOf(bookable.bookings.find(another()))).toMatchObject({ about: 'right' });
  });

  test('who may not make invoices has no right to, whether they may see any or not', async () => {
    const [reader] = await tryton.desk.create('res.group', [{ name: 'Lezers' }]);
    const access = {
      group: reader,
      perm_read: true,
      perm_write: false,
      perm_create: false,
      perm_delete: false,
    };
    await tryton.desk.create(
      'ir.model.access',
      ['account.invoice', 'account.invoice.line'].map((model) => ({ model, ...access })),
    );
    const petra = await tryton.desk.find('res.user', [['login', '=', 'p.peeters']]);
    const accounting = await tryton.desk.only('res.group', [['name', '=', 'Accounting']]);
    await tryton.desk.write('res.user', petra, { groups: [['remove', [accounting]]] });
    const { purchaseBookings } = (await logInAs('p.peeters', address())).session;
    expect(await failureOf(purchaseBookings!.find(another()))).toMatchObject({ about: 'right' });

    await tryton.desk.write('res.user', petra, { groups: [['add', [reader]]] });
    expect(await purchaseBookings!.find(another())).toEqual([]);
    const entering = enterAtOnce(purchaseBookings!, { ...another(), entry: bookable.entry });
    expect(await failureOf(entering)).toMatchObject({ about: 'right' });
  });

  test('a Tryton without invoices says so', async () => {
    const bookings = createPurchaseBookings({
      caller: { call: async () => [] },
      reach: async () => ({ company: 1, context: {} }),
    });
    expect(await failureOf(bookings.find(another()))).toMatchObject({
      about: 'booking',
      said: expect.stringContaining('account_invoice'),
    });
  });
});

describe('The VAT of a draft invoice', () => {
  const line = (vat: string, vatAmount: string) =>
    ({ vatCode: named(Number(vat)), vatAmount }) as NewPurchaseEntry['lines'][number];
  const part = (id: number, tax: number, amount: string, parent: number | null = null) => ({
    id,
    tax,
    amount,
    'tax.': { parent },
  });

  test('stays where it is that of the invoice', () => {
    expect(taxCorrections([line('4', '12.60'), line('4', '8.4')], [part(1, 4, '21.00')])).toEqual([]);
  });

  test('that is composed of parts, like reverse charge, is the sum of them', () => {
    const parts = [part(1, 7, '21.00', 6), part(2, 8, '-21.00', 6), part(3, 4, '9.00')];
    expect(taxCorrections([line('6', '0.00'), line('4', '9.00')], parts)).toEqual([]);
    expect(taxCorrections([line('6', '-0.01'), line('4', '9.01')], parts)).toEqual([
      { id: 1, amount: '20.99' },
      { id: 3, amount: '9.01' },
    ]);
  });

  test('without a part has nothing to write over', () => {
    expect(taxCorrections([line('9', '1.00')], [part(1, 4, '21.00')])).toEqual([]);
  });
});

const named = (id: number) => ({ externalId: String(id), code: null });
const address = () => ({ baseUrl: front.url, database: tryton.database });
const invoices = (reference: string) => tryton.desk.find('account.invoice', [['reference', '=', reference]]);

function ofCompany(model: string, ...domain: unknown[]): Promise<number[]> {
  return tryton.desk.find(model, [['company', '=', Number(bookable.company.externalId)], ...domain]);
}

async function statesOf(reference: string): Promise<string[]> {
  const read = [await invoices(reference), ['state']];
  const found = (await tryton.desk.call('model.account.invoice.read', read)) as { state: string }[];
  return found.map(({ state }) => state);
}

async function amountsOf(reference: string, field: string): Promise<number[]> {
  const read = [await invoices(reference), [field]];
  const found = (await tryton.desk.call('model.account.invoice.read', read)) as Record<
    string,
    { decimal: string }
  >[];
  return found.map((invoice) => Number(invoice[field]?.decimal));
}

async function openBookable(): Promise<BookableSystem> {
  tryton = await startOwnTryton();
  front = await createFront(tryton.url);
  const { desk } = tryton;
  const session: AccountingSession = (await logInAs('cx_basecone', address())).session;
  const company = (await session.companies()).find(({ code }) => code === '101')!;
  const inCompany = ['company', '=', Number(company.externalId)];
  const [tax = 0] = await desk.find('account.tax', [inCompany, ['name', '=', 'IH']]);
  const [november = 0] = await desk.find('account.period', [inCompany, ['name', '=', '2026-11']]);
  const only = async (model: string, domain: unknown[]) => named((await desk.find(model, domain))[0] ?? 0);
  const bookings = session.purchaseBookings!;
  const entry: NewPurchaseEntry = {
    journal: await only('account.journal', [['type', '=', 'expense']]),
    invoiceDate: '2026-11-20',
    dueDate: '2026-12-20',
    currency: 'EUR',
    description: 'Meel',
    besides: [],
    lines: [
      {
        glAccount: await only('account.account', [inCompany, ['code', '=', '5.1.1']]),
        description: 'Meel en bloem',
        netAmount: '100.00',
        vatCode: named(tax),
        vatAmount: '21.00',
        costCentre: null,
        costUnit: null,
        project: null,
      },
    ],
    totals: { net: '100.00', vat: '21.00', gross: '121.00' },
  };
  const supplier = String((await desk.find('party.party', [['code', '=', '1001']]))[0]);
  return {
    bookings,
    company,
    supplier,
    entry,
    async mend() {
      // Closing a month closes its journals with it; opening it again does not open them.
      for (const [model, of] of [
        ['account.period', 'id'],
        ['account.journal.period', 'period'],
      ] as const) {
        const closed = await desk.find(model, [
          [of, '=', november],
          ['state', '=', 'closed'],
        ]);
        if (closed.length > 0) await desk.call(`model.${model}.reopen`, [closed]);
      }
    },
    loseReply: async () => front.loseReplyTo('model.account.invoice.post'),
    async refusable() {
      await desk.call('model.account.period.close', [[november]]);
      return entry;
    },
    bookByHand: (invoiceNumber) =>
      enterAtOnce(bookings, { company, supplier, invoiceNumber, mark: '(by hand)', entry }),
    bookedAmounts: (invoiceNumber) => amountsOf(invoiceNumber, 'total_amount'),
    async close() {
      await front.close();
      await tryton.stop();
    },
  };
}
