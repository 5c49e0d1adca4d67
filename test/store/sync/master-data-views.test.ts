import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { DetailsByKind, MasterDataKind } from '../../../domain/master-data.ts';
import { localDay } from '../../../domain/offices/working-hours.ts';
import { onBothDatabases } from '../../database.ts';
import { connectionState, openStore } from '../store.ts';

const always = { start_date: null, end_date: null };

/** What is stored in each kind, and what a person reads in the columns of its view. */
const details: {
  [K in MasterDataKind]: [view: string, stored: DetailsByKind[K], read: Record<string, unknown>];
} = {
  'gl-account': [
    'gl_accounts',
    { type: 'cost', balanceSide: 'debit', statement: 'profit-and-loss', vatCode: '1', blocked: false },
    {
      ...{ type: 'cost', balance_side: 'debit', statement: 'profit-and-loss', vat_code: '1', blocked: 0 },
      ...always,
    },
  ],
  relation: [
    'relations',
    {
      isCustomer: true,
      isSupplier: false,
      vatNumber: 'NL1',
      chamberOfCommerce: '2',
      email: 'a@b',
      city: 'Breda',
      country: 'NL',
    },
    {
      is_customer: 1,
      is_supplier: 0,
      vat_number: 'NL1',
      chamber_of_commerce: '2',
      email: 'a@b',
      city: 'Breda',
      country: 'NL',
      ...always,
    },
  ],
  'bank-account': [
    'bank_accounts',
    { relationId: 'r1', ending: '4300', fingerprint: 'f', main: true, type: 'relation' },
    { relation_id: 'r1', ending: '4300', fingerprint: 'f', main: 1, type: 'relation' },
  ],
  'vat-code': [
    'vat_codes',
    { percentage: '21.00', direction: 'sales', blocked: true },
    { percentage: 21, direction: 'sales', blocked: 1, ...always },
  ],
  'cost-centre': ['cost_centres', { endDate: '9998-12-31' }, { start_date: null, end_date: '9998-12-31' }],
  'cost-unit': ['cost_units', { endDate: null }, always],
  journal: ['journals', { type: 'bank', currency: 'EUR' }, { type: 'bank', currency: 'EUR', iban: null }],
  'payment-condition': [
    'payment_conditions',
    { days: 30, endOfMonths: 1, discountPercentage: '2.5' },
    { days: 30, end_of_months: 1, discount_percentage: 2.5 },
  ],
  item: [
    'items',
    { unit: 'pc', isSales: true, isPurchase: null, price: '12.50', salesVatCode: '1' },
    { unit: 'pc', is_sales: 1, is_purchase: null, price: 12.5, sales_vat_code: '1', ...always },
  ],
  project: [
    'projects',
    { type: 'fixed', relationId: 'r1', startDate: '2026-01-01', endDate: null },
    { type: 'fixed', relation_id: 'r1', start_date: '2026-01-01', end_date: null },
  ],
};

onBothDatabases((open) => {
  test('every kind has a view with names and details in columns, without what was deleted', async () => {
    const { connections, companies, masterData, database } = await openStore(open);
    await connections.save(connectionState());
    const listing = [{ externalId: 'a', code: '100', name: 'Anna BV', status: 'reachable' as const }];
    await companies.recordListing('c1', listing, { complete: true });

    for (const [kind, [view, stored, read]] of Object.entries(details)) {
      const row = { code: 'X', name: 'Name', active: true, details: stored, modifiedAt: null };
      const rows = [
        { ...row, externalId: 'live' },
        { ...row, externalId: 'dead' },
      ];
      const key = { connectionId: 'c1', companyId: 'a', kind: kind as MasterDataKind };
      await masterData.storePage({
        ...key,
        page: { rows, deleted: [], checkpoint: '1' },
        from: null,
        round: 1,
      });
      await masterData.storePage({
        ...key,
        page: { rows: [], deleted: ['dead'], checkpoint: '2' },
        from: '1',
        round: 1,
      });

      const found = await sql<Record<string, unknown>>`select * from ${sql.table(view)}`.execute(database.db);

      const { changed_at: changedAt, ...columns } = found.rows[0] ?? {};
      expect(changedAt).toEqual(expect.any(String));
      expect(found.rows).toHaveLength(1);
      // PostgreSQL gives numerics as text, so that no digit is lost; the value is what counts here.
      expect(numbers(columns)).toEqual({
        connection: 'Exact Online, Kantoor',
        company_code: '100',
        company: 'Anna BV',
        code: 'X',
        name: 'Name',
        active: 1,
        ...read,
        modified_at: null,
        external_id: 'live',
        company_id: 'a',
        connection_id: 'c1',
      });
    }
  });

  test('whether a row is active is worked out when it is asked, by the day of the office', async () => {
    const { companies, masterData, officeClock, database } = await openStore(open);
    const listing = [{ externalId: 'a', code: '100', name: 'Anna BV', status: 'reachable' as const }];
    await companies.recordListing('c1', listing, { complete: true });
    // There it is always at least a day later than here.
    const [later, earlier] = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'];
    const day = localDay(later, Date.now());
    const row = { name: 'Name', active: true, modifiedAt: null, code: null };
    const rows = [
      { ...row, externalId: 'begins', details: { startDate: day } },
      { ...row, externalId: 'ends', details: { endDate: dayBefore(day) } },
      { ...row, externalId: 'on', details: { startDate: '2000-01-01', endDate: '9998-12-31' } },
      { ...row, externalId: 'off', active: false, details: {} },
    ];
    const page = { rows, deleted: [], checkpoint: '1' };
    const key = { connectionId: 'c1', companyId: 'a', kind: 'cost-centre' } as const;
    await masterData.storePage({ ...key, page, from: null, round: 1 });
    const active = async () => {
      const found = await sql<{ external_id: string }>`
        select external_id from cost_centres where active = 1 order by external_id`.execute(database.db);
      return found.rows.map(({ external_id }) => external_id);
    };
    await officeClock.keep(later);
    expect(await active()).toEqual(['begins', 'on']);
    await officeClock.keep(earlier);
    expect(await active()).toEqual(['ends', 'on']);
  });
});

const dayBefore = (day: string) => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
const numeric = ['percentage', 'discount_percentage', 'price'];

function numbers(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, numeric.includes(name) ? Number(value) : value]),
  );
}
