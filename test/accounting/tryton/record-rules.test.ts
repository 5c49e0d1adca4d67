import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { findRights } from '../../../accounting/rights.ts';
import type { Company } from '../../../domain/connections/company.ts';
import { firstTimeMs, startOwnTryton, type OwnTryton } from '@syncuser/tryton-sandbox';
import { logInAs, nextPage, readAll, type LoggedIn } from './open-tryton.ts';

let tryton: OwnTryton;
let basecone: LoggedIn;
let company: Company;
const groups: number[] = [];
const kind = 'vat-code';
const theCompanies = '{"__class__": "Eval", "v": "companies", "d": []}';
const ofCompany = `["company", "in", ${theCompanies}]`;

beforeAll(async () => {
  tryton = await startOwnTryton();
  const address = { baseUrl: tryton.url, database: tryton.database, pageSize: 2 };
  // Nothing is so young that it would be read twice.
  basecone = await logInAs('cx_basecone', { ...address, now: () => new Date(Date.now() + 3_600_000) });
  company = (await basecone.session.companies())[0]!;
}, firstTimeMs);
afterAll(() => tryton.stop());
afterEach(async () => {
  if (groups.length > 0) await tryton.desk.remove('ir.rule.group', groups.splice(0));
});

async function rule(domain: string, more: object = {}): Promise<void> {
  const rules = [['create', [{ domain }]]];
  const of = { name: 'Only some', model: 'account.tax', global_p: true, default_p: false, perm_read: true };
  groups.push(...(await tryton.desk.create('ir.rule.group', [{ ...of, ...more, rules }])));
}
async function read(checkpoint: string | null) {
  const pages = await readAll(basecone.session, { company, kind, checkpoint });
  return {
    ids: pages.flatMap(({ rows }) => rows.map(({ externalId }) => externalId)),
    whole: pages.at(-1)?.whole,
    checkpoint: pages.at(-1)?.checkpoint ?? null,
  };
}
const mayRead = async () => (await findRights(basecone.session, { company, kinds: [kind] }))[0]?.answer;

describe('A record rule of Tryton', () => {
  test.each([
    ['of the company and of more', `[${ofCompany}, ["id", "not in", [1, 2, 3]]]`, {}],
    ['that is asked first, with the company after it', `[["id", ">", 0], ${ofCompany}]`, {}],
    ['of nothing that is known here', '[["id", "!=", 1]]', {}],
    ['that looks at a company by another way', `[["parent.company", "in", ${theCompanies}]]`, {}],
    ['for some groups only', '[["id", "!=", 1]]', { global_p: false, default_p: true }],
  ])('%s may hide rows: the right is unknown, and a listing proves nothing', async (_, domain, more) => {
    const before = await read(null);
    expect(before.whole).toMatchObject({ ends: true, proof: expect.any(String) });
    expect(await mayRead()).toBe('yes');
    await rule(domain, more);
    expect(await mayRead()).toBe('unknown');
    expect((await read(null)).whole).toMatchObject({ ends: true, proof: null });
  });

  test.each([
    ['of the companies', `[${ofCompany}]`, {}],
    ['of the companies or of more', `["OR", ${ofCompany}, ["id", "=", 1]]`, {}],
    ['of the companies, written out', `["AND", [${ofCompany}]]`, {}],
    ['for all groups, of the companies', `[${ofCompany}]`, { global_p: false, default_p: true }],
  ])('%s hides nothing of a company that the user has', async (_, domain, more) => {
    await rule(domain, more);
    expect(await mayRead()).toBe('yes');
    expect((await read(null)).whole).toMatchObject({ ends: true, proof: expect.any(String) });
  });

  test('that goes brings its rows back with the next reading, though nobody touched them', async () => {
    const all = await read(null);
    expect(all.ids.length).toBeGreaterThan(3);
    const hidden = all.ids.slice(0, 3);
    await rule(`[${ofCompany}, ["id", "not in", [${hidden.join()}]]]`);
    const fewer = await read(all.checkpoint);
    expect(fewer.ids).toEqual(all.ids.slice(3));
    expect((await read(fewer.checkpoint)).ids).toEqual([]);
    await tryton.desk.remove('ir.rule.group', groups.splice(0));
    const back = await read(fewer.checkpoint);
    expect(back.ids).toEqual(all.ids);
    expect(back.whole).toMatchObject({ proof: expect.any(String) });
    expect((await read(back.checkpoint)).ids).toEqual([]);
  });

  test('that comes while a listing is under way leaves it without proof', async () => {
    const pages = basecone.session.read({ company, kind, checkpoint: null })[Symbol.asyncIterator]();
    await nextPage(pages);
    await rule(`[${ofCompany}, ["id", ">", 1000000]]`);
    let last = await pages.next();
    for (let page = last; !page.done; page = await pages.next()) last = page;
    expect(last.value).toMatchObject({ whole: { ends: true, proof: null } });
  });

  test('is as good as none beside a company that is taken away while a listing is under way: no proof', async () => {
    const reachable = (await basecone.session.companies()).filter(({ status }) => status === 'reachable');
    const lost = reachable.at(-1)!;
    const pages = basecone.session.read({ company: lost, kind, checkpoint: null })[Symbol.asyncIterator]();
    await nextPage(pages);
    await tryton.control.turn('take-company', { login: 'cx_basecone', company: lost.code });
    let last = await pages.next();
    for (let page = last; !page.done; page = await pages.next()) last = page;
    expect(last.value).toMatchObject({ whole: { ends: true, proof: null } });
    await tryton.control.turn('give-company', { login: 'cx_basecone', company: lost.code });
  });
});
