import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { findRights } from '../../../accounting/rights.ts';
import type { MasterDataKind } from '../../../domain/master-data.ts';
import { tables } from '../../../accounting/tryton/tables.ts';
import { modelsOf } from '../../../accounting/tryton/table.ts';
import { trytonScreens } from '../../../accounting/tryton/screens.ts';
import { bankAccounts, firstTimeMs, startOwnTryton, type OwnTryton } from '@syncuser/tryton-sandbox';
import { onSqlite } from '../../database.ts';
import { connectionState, openStore, storeNext } from '../../store/store.ts';
import { logInAs, readAll, type LoggedIn } from './open-tryton.ts';

const open = onSqlite();
let tryton: OwnTryton;
let basecone: LoggedIn;
beforeAll(async () => {
  tryton = await startOwnTryton();
  basecone = await logInAs('cx_basecone', { baseUrl: tryton.url, database: tryton.database });
}, firstTimeMs);
afterAll(() => tryton.stop());

async function rowsOf(kind: MasterDataKind, companyCode = '101') {
  const company = (await basecone.session.companies()).find(({ code }) => code === companyCode);
  if (!company) throw new Error(`no company ${companyCode}`);
  const pages = await readAll(basecone.session, { company, kind, checkpoint: null });
  return pages.flatMap(({ rows }) => rows);
}

describe('A session with Tryton', () => {
  test('says who is logged in, and where', async () => {
    expect(await basecone.session.whoAmI()).toEqual({
      userId: expect.stringMatching(/^\d+$/),
      userName: 'cx_basecone',
      environmentId: 'kantoor',
      environmentName: 'kantoor',
    });
  });

  test('lists every company, and says which the user does not reach', async () => {
    const { session } = await logInAs('p.peeters', { baseUrl: tryton.url, database: tryton.database });
    const listed = (await session.companies()).map(({ code, name, status }) => ({ code, name, status }));

    expect(listed).toEqual([
      { code: '101', name: 'Bakkerij De Korenaar B.V.', status: 'reachable' },
      { code: '102', name: 'Fietsenmakerij Het Spatbord', status: 'reachable' },
      { code: '103', name: 'Tuincentrum De Linde B.V.', status: 'reachable' },
      { code: '104', name: 'Ingenieursbureau Waterlijn B.V.', status: 'no-access' },
      { code: '105', name: "Eetcafé 't Hoekje V.O.F.", status: 'no-access' },
    ]);
  });

  test('has every kind but cost units', async () => {
    expect(await basecone.session.kinds()).toEqual([
      'gl-account',
      'relation',
      'bank-account',
      'vat-code',
      'cost-centre',
      'journal',
      'payment-condition',
      'item',
      'project',
    ]);
  });
});

const anId = expect.stringMatching(/^\d+$/);
const aMoment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);

const withoutDays = { startDate: null, endDate: null };

describe('Master data from Tryton', () => {
  test.each<[MasterDataKind, string, object]>([
    [
      'gl-account',
      '1.2.1',
      {
        name: 'Accounts, Notes And Loans Receivable',
        active: true,
        details: {
          type: 'Accounts receivable',
          statement: 'balance-sheet',
          balanceSide: 'debit',
          vatCode: null,
          blocked: false,
          closedTo: 'purchases',
          ...withoutDays,
        },
      },
    ],
    [
      'relation',
      '1001',
      {
        name: 'Molen De Eendracht',
        active: true,
        details: {
          vatNumber: 'NL725763863B01',
          chamberOfCommerce: null,
          email: 'administratie@1001.example',
          city: 'Zaandam',
          country: 'NL',
        },
      },
    ],
    [
      'vat-code',
      'IL',
      {
        name: 'Inkoop laag 9%',
        active: true,
        details: { percentage: '9', direction: 'purchase', ...withoutDays },
      },
    ],
    [
      'vat-code',
      'VERL',
      { name: 'Verlegd', active: true, details: { percentage: null, direction: 'purchase', ...withoutDays } },
    ],
    ['cost-centre', '020', { name: 'Bakkerij', active: true, details: {} }],
    ['journal', 'RABO', { name: 'Rabobank', active: true, details: { type: 'cash' } }],
    ['item', 'REPARATIE', { name: 'Reparatie', active: true, details: { unit: 'h', price: '52.5000' } }],
  ])('%s %s', async (kind, code, expected) => {
    const found = (await rowsOf(kind)).filter((row) => row.code === code);

    expect(found).toEqual([{ externalId: anId, code, modifiedAt: aMoment, ...expected }]);
  });

  test('a bank account tells whose it is and its ending, and its number to nobody', async () => {
    const [owner] = (await rowsOf('relation')).filter(({ code }) => code === '1001');
    const ofOwner = async () =>
      (await rowsOf('bank-account')).filter(
        ({ details }) => 'relationId' in details && details.relationId === owner?.externalId,
      );
    const before = await ofOwner();
    expect(before).toEqual([
      {
        ...{
          externalId: expect.stringMatching(/^\d+-\d+$/),
          code: null,
          name: 'Molen De Eendracht',
          active: true,
          modifiedAt: aMoment,
        },
        details: {
          relationId: owner?.externalId,
          ending: bankAccounts['1001']?.slice(-4),
          fingerprint: expect.any(String),
        },
      },
    ]);
    await tryton.control.turn('change-bank-account', { code: '1001', number: 'BE 1234 5678' });
    const after = await ofOwner();
    expect(after).toMatchObject([{ externalId: before[0]?.externalId, details: { ending: '5678' } }]);
    expect(after[0]?.details).not.toEqual(before[0]?.details);
    expect(JSON.stringify([before, after])).not.toMatch(/DEMO|12345678/);
  });

  test('an account of two owners with two numbers is one of each, by its IBAN', async () => {
    const owners = await tryton.desk.find('party.party', [['code', 'in', ['1002', '1003']]]);
    const iban = 'NL91ABNA0417164300';
    await tryton.desk.create('bank.account', [
      {
        owners: [['add', owners]],
        numbers: [
          [
            'create',
            [
              { type: 'other', number: '417164399', sequence: 1 },
              { type: 'iban', number: iban, sequence: 2 },
            ],
          ],
        ],
      },
    ]);
    const each = (await rowsOf('bank-account')).filter(
      ({ details }) => 'ending' in details && details.ending === '4300',
    );
    expect(each.map(({ details }) => 'relationId' in details && details.relationId).sort()).toEqual(
      owners.map(String).sort(),
    );
    expect(new Set(each.map(({ externalId }) => externalId)).size).toBe(2);
  });

  test('headings and accounts on which no purchase can be booked say so', async () => {
    const accounts = await rowsOf('gl-account');
    const codesOf = (closedTo: string | null) =>
      accounts
        .filter(({ details }) => 'closedTo' in details && details.closedTo === closedTo)
        .map(({ code }) => code);
    expect(codesOf('everything')).toEqual(expect.arrayContaining(['5.0.0']));
    expect(codesOf('purchases')).toEqual(expect.arrayContaining(['4.1.1']));
    expect(codesOf(null)).toEqual(expect.arrayContaining(['5.1.1']));
  });

  test('answers the queries of docs/master-data.md, but for what it does not have', async () => {
    const store = await openStore(open);
    await store.connections.save(connectionState());
    const listed = await basecone.session.companies();
    await store.companies.recordListing('c1', listed, { complete: true });
    const [company] = listed;
    if (!company) throw new Error('no company');
    for (const kind of await basecone.session.kinds())
      for (const page of await readAll(basecone.session, { company, kind, checkpoint: null }))
        await storeNext(store, { connectionId: 'c1', companyId: company.externalId, kind, page, round: 1 });
    const [, block = ''] = (await readFile('docs/master-data.md', 'utf8')).split('```sql\n');
    const queries = block.slice(0, block.indexOf('```')).split('-- ').slice(1);
    expect(queries).toHaveLength(10);
    for (const query of queries) {
      const about = query.slice(0, query.indexOf('\n'));
      const { rows } = await sql.raw(query.slice(about.length)).execute(store.database.db);
      expect([about, rows.length > 0]).toEqual([about, !about.endsWith('Tryton has none')]);
    }
  });

  test('a payment term says its days, and whether they start at the end of a month', async () => {
    const terms = new Map((await rowsOf('payment-condition')).map(({ name, details }) => [name, details]));

    expect(terms.get('14 dagen')).toEqual({ days: 14 });
    expect(terms.get('Net 30 days')).toEqual({ days: 30 });
    expect(terms.get('Upon Receipt')).toEqual({ days: 0 });
    expect(terms.get('End of Month Following')).toEqual({ days: 0, endOfMonths: 1 });
    expect(terms.get('Net 30 days End of Month')).toEqual({ days: 30, endOfMonths: 0 });
  });

  test('projects come with the status that Tryton gives them', async () => {
    const projects = await rowsOf('project', '103');

    expect(projects.map(({ name, active, details }) => ({ name, active, type: details }))).toEqual([
      { name: 'Kas 2', active: true, type: expect.objectContaining({ type: 'Open' }) },
      { name: 'Webwinkel', active: true, type: expect.objectContaining({ type: 'Open' }) },
    ]);
  });

  test('each company has its own accounts, under ids of their own', async () => {
    const [bakery, cyclist] = [await rowsOf('gl-account', '101'), await rowsOf('gl-account', '102')];
    const ids = new Set([...bakery, ...cyclist].map(({ externalId }) => externalId));

    expect(bakery.map(({ code }) => code)).toEqual(cyclist.map(({ code }) => code));
    expect(ids.size).toBe(bakery.length + cyclist.length);
  });

  test('the price of an item is the one of the company', async () => {
    const price = (rows: Awaited<ReturnType<typeof rowsOf>>) =>
      rows.find(({ code }) => code === 'BROOD')?.details;

    expect(price(await rowsOf('item', '101'))).toMatchObject({ price: '2.9500' });
    expect(price(await rowsOf('item', '102'))).toMatchObject({ price: null });
  });

  test('what is archived comes along as not active', async () => {
    const [party] = await tryton.desk.find('party.party', [['code', '=', '2006']]);
    await tryton.desk.write('party.party', [party ?? 0], { active: false });

    const found = (await rowsOf('relation')).find(({ code }) => code === '2006');

    expect(found).toMatchObject({ name: 'Zorghuis Avondrood', active: false });
  });
});

describe('The models a list needs', () => {
  test('are those its fields lead to in Tryton itself, and are named where it is mended', async () => {
    for (const table of tables) {
      const led = new Set([table.model, ...Object.values(table.parts)]);
      for (const path of table.fields.filter((field) => field.includes('.'))) {
        let model = table.model;
        for (const step of path.split('.').slice(0, -1)) {
          const fields = (await tryton.desk.call(`model.${model}.fields_get`, [[step]])) as Record<
            string,
            { relation: string }
          >;
          model = fields[step]?.relation ?? '';
          led.add(model);
        }
      }
      expect(new Set(modelsOf(table))).toEqual(led);
      const screen = trytonScreens.gates['user-right'];
      const path = typeof screen === 'function' ? screen([table.kind], (names) => names.join()) : '';
      for (const model of led) expect(path).toContain(model);
    }
  });
});

describe('What a user may read in Tryton', () => {
  async function rightIn(kind: MasterDataKind, companyCode = '101') {
    const company = (await basecone.session.companies()).find(({ code }) => code === companyCode);
    if (!company) throw new Error(`no company ${companyCode}`);
    const [found] = await findRights(basecone.session, { company, kinds: [kind] });
    return found;
  }

  test('is a yes when a record came, and also without one, where no rule can hide any', async () => {
    expect(await rightIn('project', '103')).toMatchObject({ answer: 'yes', evidence: 'row' });
    const [company] = await tryton.desk.find('company.company', [['party.code', '=', '102']]);
    const ofCompany = [['company', '=', company ?? 0]];
    await tryton.desk.remove('project.work', await tryton.desk.find('project.work', ofCompany));
    expect(await rowsOf('project', '102')).toEqual([]);
    expect(await rightIn('project', '102')).toMatchObject({ answer: 'yes', evidence: 'right-check' });
  });

  test('is a no when a model is closed that the list only leads to', async () => {
    await tryton.control.turn('forbid-reading', { model: 'account.tax' });
    expect(await rightIn('gl-account')).toMatchObject({ answer: 'no', barrier: 'user-right' });
    expect(await rightIn('journal')).toMatchObject({ answer: 'yes' });
    await tryton.control.turn('allow-reading', { model: 'account.tax' });
    expect(await rightIn('gl-account')).toMatchObject({ answer: 'yes' });
  });

  test('is unknown when a record rule may hide what there is', async () => {
    const [hiding] = await tryton.desk.create('ir.rule.group', [
      {
        name: 'Only those of another country',
        model: 'account.invoice.payment_term',
        global_p: true,
        default_p: false,
        perm_read: true,
        rules: [['create', [{ domain: '[["name", "=", "nobody"]]' }]]],
      },
    ]);
    expect(await rowsOf('payment-condition')).toEqual([]);
    expect(await rightIn('payment-condition')).toMatchObject({ answer: 'unknown', evidence: 'record-rule' });
    await tryton.desk.remove('ir.rule.group', [hiding ?? 0]);
    expect(await rightIn('payment-condition')).toMatchObject({ answer: 'yes', evidence: 'row' });
  });
});
