import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findRights } from '../../../accounting/rights.ts';
import type { MasterDataKind } from '../../../domain/master-data.ts';
import { firstTimeMs, startOwnTryton, type OwnTryton } from '../../sandbox/tryton/own-tryton.ts';
import { logInAs, readAll, type LoggedIn } from './open-tryton.ts';

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
      { name: 'Inkoop laag 9%', active: true, details: { percentage: '9', direction: 'purchase' } },
    ],
    [
      'vat-code',
      'VERL',
      { name: 'Verlegd', active: true, details: { percentage: null, direction: 'purchase' } },
    ],
    ['cost-centre', '020', { name: 'Bakkerij', active: true, details: {} }],
    ['journal', 'RABO', { name: 'Rabobank', active: true, details: { type: 'cash' } }],
    ['item', 'REPARATIE', { name: 'Reparatie', active: true, details: { unit: 'h', price: '52.5000' } }],
  ])('%s %s', async (kind, code, expected) => {
    const found = (await rowsOf(kind)).filter((row) => row.code === code);

    expect(found).toEqual([{ externalId: anId, code, modifiedAt: aMoment, ...expected }]);
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
    expect(await rightIn('payment-condition')).toMatchObject({ answer: 'unknown', evidence: 'empty' });
    await tryton.desk.remove('ir.rule.group', [hiding ?? 0]);
    expect(await rightIn('payment-condition')).toMatchObject({ answer: 'yes', evidence: 'row' });
  });
});
