import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Company } from '../../../domain/connections/company.ts';
import type { MasterDataKind } from '../../../domain/master-data.ts';
import { firstTimeMs, startOwnTryton, type OwnTryton } from '@syncuser/tryton-sandbox';
import { logInAs, nextPage, readAll, type LoggedIn } from './open-tryton.ts';

const hour = 3_600_000;
let tryton: OwnTryton;
let basecone: LoggedIn;
let company: Company;
/** The clock of the adapter, which decides what may still be under way in Tryton. */
let now: Date;
beforeAll(async () => {
  tryton = await startOwnTryton();
  now = new Date(Date.now() + hour);
  const address = { baseUrl: tryton.url, database: tryton.database };
  basecone = await logInAs('cx_basecone', { ...address, pageSize: 7, now: () => now });
  const [first] = await basecone.session.companies();
  if (!first) throw new Error('no company');
  company = first;
}, firstTimeMs);
afterAll(() => tryton.stop());

const read = (kind: MasterDataKind, checkpoint: string | null) =>
  readAll(basecone.session, { company, kind, checkpoint });

/** Reads everything that is new and gives the names and the checkpoint to go on from. */
async function namesSince(kind: MasterDataKind, checkpoint: string | null) {
  const pages = await read(kind, checkpoint);
  return {
    names: pages.flatMap(({ rows }) => rows.map(({ name }) => name)),
    checkpoint: pages.at(-1)?.checkpoint ?? null,
  };
}

async function onlyParty(code: string): Promise<number> {
  return tryton.desk.only('party.party', [['code', '=', code]]);
}

describe('Reading master data from Tryton', () => {
  test('goes on after any page, in another session, without losing or repeating a row', async () => {
    const whole = (await read('gl-account', null)).flatMap(({ rows }) => rows);
    const collected: typeof whole = [];
    let checkpoint: string | null = null;
    let size: number;
    do {
      const session = basecone.system.open(basecone.vault);
      const pages = session.read({ company, kind: 'gl-account', checkpoint });
      const page = await nextPage(pages[Symbol.asyncIterator]());
      collected.push(...page.rows);
      checkpoint = page.checkpoint;
      size = page.rows.length;
    } while (size === 7);

    expect(whole.length).toBeGreaterThan(100);
    expect(collected).toEqual(whole);
  });

  test.each(['from another version', '{"since":null,"seen":7}'])(
    'begins anew at once, with a listing of everything, after the checkpoint %s',
    async (checkpoint) => {
      const [first, ...others] = await read('vat-code', checkpoint);
      expect(first?.whole).toMatchObject({ begins: true });
      const rows = [first!, ...others].flatMap((page) => page.rows);
      expect(rows).toEqual((await read('vat-code', null)).flatMap((page) => page.rows));
    },
  );

  test('gives only what is new or changed the next time', async () => {
    const first = await namesSince('relation', null);
    const nothing = await namesSince('relation', first.checkpoint);
    await tryton.control.turn('add-relation', { code: '4001', name: 'Nieuw' });
    await tryton.control.turn('rename-relation', { code: '1003', name: 'Groothandel Kramer & Zonen' });
    const news = await namesSince('relation', nothing.checkpoint);

    expect(first.names.length).toBeGreaterThan(15);
    expect(nothing.names).toEqual([]);
    expect(news.names.sort()).toEqual(['Groothandel Kramer & Zonen', 'Nieuw']);
    expect((await namesSince('relation', news.checkpoint)).names).toEqual([]);
  });

  test('notices a change in a part that Tryton keeps elsewhere', async () => {
    const { checkpoint } = await namesSince('relation', null);
    const party = await onlyParty('1004');
    const [address] = await tryton.desk.find('party.address', [['party', '=', party]]);
    await tryton.desk.write('party.address', [address ?? 0], { city: 'Den Bosch' });

    const pages = await read('relation', checkpoint);

    expect(pages.flatMap(({ rows }) => rows)).toMatchObject([
      { code: '1004', details: { city: 'Den Bosch' } },
    ]);
  });

  test('notices a new price, which belongs to the template of an item', async () => {
    const { checkpoint } = await namesSince('item', null);
    const template = await tryton.desk.only('product.template', [['code', '=', 'TAART']]);
    const price = { __class__: 'Decimal', decimal: '19.9500' };
    await tryton.desk.call('model.product.template.write', [[template], { list_price: price }], {
      company: Number(company.externalId),
    });

    const pages = await read('item', checkpoint);

    expect(pages.flatMap(({ rows }) => rows)).toMatchObject([
      { code: 'TAART', details: { price: '19.9500' } },
    ]);
  });

  test('finds what changed behind its back while it was reading', async () => {
    const reading = basecone.session.read({ company, kind: 'relation', checkpoint: null });
    const first = await nextPage(reading[Symbol.asyncIterator]());
    await tryton.control.turn('rename-relation', { code: '103', name: 'Tuincentrum De Beuk' });
    let { checkpoint } = first;
    for await (const page of reading) ({ checkpoint } = page);

    const { names } = await namesSince('relation', checkpoint);

    expect(first.rows.map(({ name }) => name)).toContain('Tuincentrum De Linde B.V.');
    expect(names).toContain('Tuincentrum De Beuk');
  });

  test('reads again what is so young that a slower change may still come in before it', async () => {
    await tryton.control.turn('rename-relation', { code: '1012', name: 'Webhuis Delft' });
    now = new Date();
    const { checkpoint } = await namesSince('relation', null);
    const again = await namesSince('relation', checkpoint);
    now = new Date(Date.now() + hour);
    const settled = await namesSince('relation', again.checkpoint);

    expect(again.names).toContain('Webhuis Delft');
    expect((await namesSince('relation', settled.checkpoint)).names).toEqual([]);
  });

  test('always ends with a checkpoint, also when there is nothing to read', async () => {
    const [page, ...more] = await read('project', null).then(([{ checkpoint } = { checkpoint: '' }]) =>
      read('project', checkpoint),
    );

    // Nothing comes any more, which is what proves that the listing is at its end.
    const whole = { begins: false, ends: true, proof: expect.any(String) };
    expect(page).toEqual({ rows: [], deleted: [], checkpoint: expect.any(String), whole });
    expect(more).toEqual([]);
  });
});
