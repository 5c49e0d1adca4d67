import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { MasterDataKind } from '../../../../domain/master-data.ts';
import { localDay } from '../../../../domain/offices/working-hours.ts';
import { storeNext } from '../../../store/store.ts';
import { companies, connection } from '../../demo-office.ts';
import { bearer, runWeb, type RunningWeb } from '../../running-web.ts';
import { ask, parserOf, synchronise } from '../answers.ts';

const ofConnection = '/api/connections/exact/master-data';
const ofKind = '/api/connections/exact/companies/d-1/master-data/gl-account';
const changes = '/api/connections/exact/changes';
const hour = 3_600_000;

let web: RunningWeb;

beforeEach(async () => {
  web = await runWeb();
  await web.store.connections.save(connection());
  await web.store.companies.recordListing('exact', companies(), { complete: true });
  await web.store.companies.link('exact', ['d-1', 'd-2']);
  await synchronise(web, 'd-1', 'gl-account', '1000');
  await synchronise(web, 'd-1', 'vat-code', '21');
  await synchronise(web, 'd-2', 'vat-code', '9');
});
afterEach(() => web.close());

async function codes(path: string): Promise<unknown[]> {
  const { body } = await ask(web, path);
  const rows = (body['rows'] ?? body['changes']) as { code: string }[];
  return rows.map(({ code }) => code);
}

async function deletes(companyId: string, kind: MasterDataKind, externalId: string): Promise<void> {
  const page = { rows: [], deleted: [externalId], checkpoint: 'deleted' };
  await storeNext(web.store, { connectionId: 'exact', companyId, kind, page, round: 2 });
}

describe('Master data of a connection', () => {
  test('is that of all companies, or of a kind or company, by id or code', async () => {
    expect(await codes(ofConnection)).toEqual(['1000', '21', '9']);
    expect(await codes(`${ofConnection}?kind=vat-code`)).toEqual(['21', '9']);
    expect(await codes(`${ofConnection}?company=d-1`)).toEqual(['1000', '21']);
    expect(await codes(`${ofConnection}?company=1002&kind=vat-code`)).toEqual(['9']);
  });

  test('can be asked for since a moment, whatever its time zone', async () => {
    web.pass(24 * hour);
    const { body } = await ask(web, `${ofConnection}?limit=1`);
    const [row] = body['rows'] as { changedAt: string }[];
    const dayAfter = Date.parse(row!.changedAt) + 23 * hour;
    await synchronise(web, 'd-2', 'vat-code', '0');
    expect(await codes(`${ofConnection}?changedSince=${new Date(dayAfter).toISOString()}`)).toEqual(['0']);
    const inAmsterdam = `${new Date(dayAfter + hour).toISOString().slice(0, 19)}%2B01:00`;
    expect(await codes(`${ofConnection}?changedSince=${inAmsterdam}`)).toEqual(['0']);
    expect(await codes(`${ofConnection}?changedSince=${row!.changedAt}`)).toEqual(['1000', '21', '9', '0']);
  });

  test('says whether a row is active by the day of the office when it is asked, and no 304 hides a new day', async () => {
    const today = localDay('Europe/Amsterdam', Date.now());
    const row = { name: 'Name', code: 'ends', active: true, modifiedAt: null, externalId: 'ends' };
    await storeNext(web.store, {
      ...{ connectionId: 'exact', companyId: 'd-1', kind: 'cost-centre', round: 2 },
      page: { rows: [{ ...row, details: { endDate: today } }], deleted: [], checkpoint: '1' },
    });
    const path = `${ofConnection}?kind=cost-centre`;
    const asked = async (etag = '') => {
      const answer = await fetch(`${web.url}${path}`, { headers: { ...bearer, 'if-none-match': etag } });
      const { rows } =
        answer.status === 304 ? { rows: [] } : ((await answer.json()) as { rows: { active: boolean }[] });
      return {
        etag: answer.headers.get('etag')!,
        status: answer.status,
        active: rows.map(({ active }) => active),
      };
    };
    const first = await asked();
    expect(first.active).toEqual([true]);
    expect((await asked(first.etag)).status).toBe(304);
    web.pass(24 * hour);
    expect(await asked(first.etag)).toMatchObject({ status: 200, active: [false] });
    expect((await ask(web, `${changes}?kind=cost-centre`)).body).toMatchObject({
      changes: [{ active: false }],
    });
  });

  test('holds deleted rows only for whoever asks for them', async () => {
    await deletes('d-1', 'vat-code', 'vat-code-21');
    expect(await codes(ofConnection)).toEqual(['1000', '9']);
    const { body } = await ask(web, `${ofConnection}?deleted=true`);
    expect((body['rows'] as object[]).at(-1)).toMatchObject({ code: '21', deletedAt: expect.any(String) });
  });

  test.each([
    ['limit=0', 'limit is 1 to 1000.'],
    ['after=x', 'after is the "next" of an earlier answer.'],
    ['kind=invoice', 'kind is one of gl-account'],
    ['changedSince=yesterday', 'changedSince is a moment like 2026-11-23T10:00:00Z.'],
    ['changed_since=2026-11-23', 'There is no parameter changed_since.'],
    ['deleted=yes', 'deleted is true or false.'],
  ])('is refused with words for ?%s', async (query, words) => {
    const { status, body } = await ask(web, `${ofConnection}?${query}`);
    expect({ status, detail: body['detail'] }).toEqual({
      status: 400,
      detail: expect.stringContaining(words),
    });
  });

  test('of a company that is not there is a problem', async () => {
    expect(await ask(web, `${ofConnection}?company=999`)).toMatchObject({
      status: 404,
      body: { detail: 'There is no company "999" on this connection.' },
    });
  });
});

describe('Who has a page already', () => {
  const again = async (path: string, tag: string) =>
    fetch(`${web.url}${path}`, { headers: { ...bearer, 'if-none-match': tag } });

  test.each([ofKind, ofConnection])('gets it again only after a change: %s', async (path) => {
    const tag = (await ask(web, path)).headers.get('etag')!;
    const same = await again(path, tag);
    expect({ status: same.status, body: await same.text() }).toEqual({ status: 304, body: '' });
    expect((await again(path, `"other", ${tag}`)).status).toBe(304);
    expect((await again(`${path}?limit=7`, tag)).status).toBe(200);
    await synchronise(web, 'd-1', 'gl-account', '1100');
    expect((await again(path, tag)).status).toBe(200);
  });

  test('gets it again when a row of it was deleted', async () => {
    const tag = (await ask(web, ofKind)).headers.get('etag')!;
    await deletes('d-1', 'gl-account', 'gl-account-1000');
    expect((await again(ofKind, tag)).status).toBe(200);
  });

  test('is told how old it is now', async () => {
    web.pass((34 * hour - (Date.now() % (24 * hour))) % (24 * hour)); // ten in the morning: no day ends in between
    const { headers } = await ask(web, ofKind);
    web.pass(hour);
    await web.store.syncPositions.recordSuccess(
      { connectionId: 'exact', companyId: 'd-1', kind: 'gl-account' },
      2,
    );
    const same = await again(ofKind, headers.get('etag')!);
    expect(same.status).toBe(304);
    expect(Date.parse(same.headers.get('data-as-of')!)).toBeGreaterThan(
      Date.parse(headers.get('data-as-of')!),
    );
  });
});

describe('The feed of changes', () => {
  test('can be read from any point, and says what became of each row', async () => {
    const { body: all } = await ask(web, `${changes}?limit=2`);
    expect(all).toMatchObject({ changes: [{ what: 'new', seq: 1 }, { what: 'new' }], more: true });
    const { last } = all as { last: string };
    await storeNext(web.store, {
      connectionId: 'exact',
      companyId: 'd-1',
      kind: 'gl-account',
      page: {
        rows: [
          {
            externalId: 'gl-account-1000',
            code: '1000',
            name: 'Cash',
            active: true,
            details: {},
            modifiedAt: null,
          },
        ],
        deleted: [],
        checkpoint: 'changed',
      },
      round: 2,
    });
    await deletes('d-2', 'vat-code', 'vat-code-9');
    const { body } = await ask(web, `${changes}?after=${last}`);
    expect(body).toMatchObject({
      changes: [
        {
          ...{ what: 'changed', kind: 'gl-account', company: 'd-1', name: 'Cash' },
          previous: { code: '1000', name: expect.not.stringContaining('Cash'), deletedAt: null },
        },
        { what: 'deleted', kind: 'vat-code', company: 'd-2', id: 'vat-code-9', previous: null },
      ],
      more: false,
    });
    parserOf((await ask(web, '/api/openapi.json')).body, 'Changes').parse(body);
    expect(await codes(`${changes}?changedSince=2099-01-01T00:00:00Z`)).toEqual([]);
    expect(await codes(`${changes}?changedSince=2000-01-01T00:00:00Z&kind=gl-account`)).toEqual(['1000']);
    const { next } = body as { next: string };
    expect((await ask(web, `${changes}?after=${next}`)).body).toMatchObject({
      changes: [],
      next,
      last: next,
    });
  });
});

test('A feed of a database that was taken back to an older state begins anew: no place, and no tag, of before is taken', async () => {
  const before = await ask(web, changes);
  const { next } = before.body as { next: string };
  const rows = await fetch(`${web.url}${ofConnection}`, { headers: bearer });
  const tag = { headers: { ...bearer, 'if-none-match': rows.headers.get('etag') ?? '' } };
  expect((await fetch(`${web.url}${ofConnection}`, tag)).status).toBe(304);

  await web.store.masterData.beginEpoch('exact');

  for (const path of [changes, ofConnection, ofKind])
    expect(await ask(web, `${path}?after=${next}`)).toMatchObject({
      status: 410,
      body: {
        type: expect.stringMatching(/feed-began-anew$/) as unknown,
        detail: expect.stringContaining('Begin again') as unknown,
      },
    });
  expect((await fetch(`${web.url}${ofConnection}`, tag)).status).toBe(200);
  const anew = (await ask(web, changes)).body as { next: string; changes: unknown[] };
  expect(anew.changes).toEqual(before.body['changes']);
  expect((await ask(web, `${changes}?after=${anew.next}`)).status).toBe(200);
});

describe('The age of master data', () => {
  test('stands beside it, and on its connection when it is older than promised', async () => {
    expect((await ask(web, ofKind)).body).toMatchObject({
      asOf: expect.any(String),
      ages: [{ company: 'd-1', kind: 'gl-account', rows: 1, staleSince: null }],
    });
    expect((await ask(web, '/api/connections/exact')).body['freshness']).toMatchObject({
      promisedSeconds: { item: 3600 },
      olderThanPromised: [],
    });
    web.pass(2 * hour);
    await synchronise(web, 'd-1', 'gl-account', '1100');
    const { body } = await ask(web, '/api/connections/exact/freshness');
    expect(body).toMatchObject({
      olderThanPromised: [{ kinds: ['vat-code'], companies: [{ id: 'd-1' }, { id: 'd-2' }] }],
      ages: [
        { company: 'd-1', kind: 'gl-account', staleSince: null },
        { company: 'd-1', kind: 'vat-code', staleSince: expect.any(String) },
        { company: 'd-2', kind: 'vat-code', staleSince: expect.any(String) },
      ],
    });
    const { body: description } = await ask(web, '/api/openapi.json');
    parserOf(description, 'Freshness').parse(body);
  });
});
