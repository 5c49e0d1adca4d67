import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createVisitor, type Row, type Tokens, type Visitor } from './visitor.ts';

describe('reading from the Exact Online sandbox', () => {
  let visitor: Visitor;
  let tokens: Tokens;
  let division: number;
  beforeAll(async () => {
    visitor = await createVisitor({ companies: 2, rows: 2100, minuteLimit: 1000 });
    tokens = await visitor.connect('CX_Basecone');
    division = await visitor.division('101');
  });
  afterAll(() => visitor.sandbox.close());

  const get = (path: string) => visitor.get(tokens.access_token, path);

  async function pages(path: string): Promise<Row[][]> {
    const found: Row[][] = [];
    for (let next: string | undefined = path; next !== undefined;) {
      const { json } = await get(next);
      found.push(json.d.results);
      next = json.d.__next;
    }
    return found;
  }

  test('brings every row of a sync resource exactly once, a thousand a page, by row version', async () => {
    const found = await pages(`${division}/sync/CRM/Accounts?$filter=Timestamp gt 1L&$select=ID,Timestamp`);
    expect(found.map((page) => page.length)).toEqual([1000, 1000, 100]);
    const rows = found.flat();
    expect(new Set(rows.map((row) => row.ID)).size).toBe(2100);
    const versions = rows.map((row) => Number(row.Timestamp));
    expect(versions).toEqual(versions.toSorted((one, other) => one - other));
  });

  test('brings every row of a plain resource exactly once, sixty a page', async () => {
    const found = await pages(
      `${division}/hrm/Costcenters?$filter=Modified gt datetime'2000-01-01T00:00:00'`,
    );
    expect(found.map((page) => page.length)).toEqual([60, 60, 60, 60, 60, 60, 60]);
    expect(new Set(found.flat().map((row) => row.ID)).size).toBe(420);
  });

  test('goes on after a row version that was remembered', async () => {
    const all = (await pages(`${division}/sync/Logistics/Items?$select=ID,Timestamp`)).flat();
    const remembered = all[1500]!.Timestamp;
    const rest = await pages(`${division}/sync/Logistics/Items?$filter=Timestamp gt ${remembered}L`);
    expect(rest.flat().map((row) => row.ID)).toEqual(all.slice(1501).map((row) => row.ID));
  });

  test('shows added and changed rows after the last row version, and deleted ones in sync/Deleted', async () => {
    const before = (await pages(`${division}/sync/Financial/GLAccounts?$select=ID,Timestamp`)).flat();
    const last = before.at(-1)!.Timestamp;
    await visitor.turn('rows', { division, kind: 'gl-account', add: 2, change: 3, delete: 1 });

    const news = (await pages(`${division}/sync/Financial/GLAccounts?$filter=Timestamp gt ${last}L`)).flat();
    const deleted = (
      await pages(`${division}/sync/Deleted?$filter=Timestamp gt 1L and EntityType eq 7`)
    ).flat();
    const known = new Set(before.map((row) => row.ID));
    expect(deleted).toHaveLength(1);
    const gone = deleted[0]!['EntityKey'] as string;
    expect(known.has(gone) || news.every((row) => row.ID !== gone)).toBe(true);
    const after = (await pages(`${division}/sync/Financial/GLAccounts?$select=ID`)).flat();
    expect(after).toHaveLength(before.length + 1);
    expect(after.some((row) => row.ID === gone)).toBe(false);
    expect(news.filter((row) => known.has(row.ID))).not.toHaveLength(0);
    const other = await visitor.division('102');
    expect((await pages(`${other}/sync/Deleted?$filter=Timestamp gt 1L`)).flat()).toHaveLength(0);
  });

  test('finds what changed on a plain resource by its date', async () => {
    const since = new Date().toISOString().slice(0, 19);
    const path = `${division}/vat/VATCodes?$filter=Modified ge datetime'${since}'`;
    expect((await pages(path)).flat()).toHaveLength(0);
    await visitor.turn('rows', { division, kind: 'vat/VATCodes', change: 2 });
    expect((await pages(path)).flat()).toHaveLength(2);
  });

  test('has the shape of OData 2 JSON: metadata, dates, padded codes', async () => {
    const { json } = await get(`${division}/crm/Accounts?$top=1&$filter=Blocked ne null`);
    const row = json.d.results[0]!;
    expect(row['__metadata']).toEqual({
      uri: `${visitor.sandbox.url}/api/v1/${division}/crm/Accounts(guid'${row.ID}')`,
      type: 'Exact.Web.Api.Models.Account',
    });
    expect(row.Code).toMatch(/^ +\d+$/);
    expect(row.Code).toHaveLength(18);
    expect(row['Modified']).toMatch(/^\/Date\(\d+\)\/$/);
    expect(row).not.toHaveProperty('Timestamp');
  });

  test('answers a bare array when $top asks for less than a page', async () => {
    const { json } = await get(`${division}/financial/Journals?$top=2&$select=Code`);
    expect(json.d).toHaveLength(2);
    expect(Object.keys(json.d[0]!)).toEqual(['__metadata', 'Code']);
  });

  test.each([
    [true, 'a bare array'],
    [false, 'results'],
  ])('answers $top=1, with the switch top-one at %s, with %s', async (bare) => {
    await visitor.turn('top-one', { bare });
    const { json } = await get(`${division}/financial/Journals?$top=1&$select=Code`);
    expect(bare ? json.d : json.d.results).toHaveLength(1);
    expect(Array.isArray(json.d)).toBe(bare);
  });

  test('leaves out the first rows with $skip, and goes on after the page', async () => {
    const whole = (await pages(`${division}/hrm/Costcenters?$select=ID`)).flat();
    const rest = (await pages(`${division}/hrm/Costcenters?$select=ID&$skip=7`)).flat();
    expect(rest.map((row) => row.ID)).toEqual(whole.slice(7).map((row) => row.ID));
    expect((await get(`${division}/hrm/Costcenters?$skip=-1`)).status).toBe(400);
  });

  test.each([
    ['crm/Accounts/$count?$filter=Blocked ne null', '2100'],
    ["financial/Journals/$count?$filter=Code eq '70'", '1'],
    ['system/Divisions/$count', '2'],
  ])('says how many rows there are as plain text: %s', async (path, count) => {
    const counted = await visitor.get(tokens.access_token, `${division}/${path}`, { accept: '*/*' });
    expect([counted.status, counted.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(counted.json).toBe(count);
  });

  test('counts all rows when asked to', async () => {
    const { json } = await get(
      `${division}/logistics/Items?$top=1&$inlinecount=allpages&$filter=Code ne null`,
    );
    expect(json.d.__count).toBe('2100');
  });

  test('answers one row by its key', async () => {
    const [[first]] = (await pages(`${division}/financial/Journals?$select=ID,Code`)) as [[Row]];
    const { json } = await get(`${division}/financial/Journals(guid'${first.ID}')`);
    expect(json.d.Code).toBe(first.Code);
    expect((await get(`${division}/financial/Journals(guid'${division}')`)).status).toBe(404);
  });

  test('filters by a padded code only through trim', async () => {
    const exact = await get(`${division}/crm/Accounts?$select=Code&$filter=Code eq '1003'`);
    const trimmed = await get(
      `${division}/crm/Accounts?$select=Code&$filter=trim(Code) eq '1003' and Blocked ne null`,
    );
    expect(exact.json.d.results).toHaveLength(0);
    expect(trimmed.json.d.results).toHaveLength(1);
  });

  test.each([
    [
      'a wide resource without $select or $top=1',
      'crm/Accounts',
      'Please add a $select or a $top=1 statement',
    ],
    [
      'a sync filter on another field',
      "sync/CRM/Accounts?$filter=Name eq 'x'",
      'not supported for this resource',
    ],
    ['a field that is not there', 'vat/VATCodes?$select=Nonsense', "No property 'Nonsense'"],
    ['a filter that cannot be read', 'vat/VATCodes?$filter=Code eq', '$filter ends too early'],
  ])('refuses %s with 400', async (_what, path, words) => {
    const { status, json } = await get(`${division}/${path}`);
    expect(status).toBe(400);
    expect(json).toEqual({
      error: { code: '', message: { lang: '', value: expect.stringContaining(words) } },
    });
  });

  test('speaks only JSON', async () => {
    const path = `${division}/vat/VATCodes`;
    expect((await visitor.get(tokens.access_token, path, { accept: '*/*' })).status).toBe(406);
  });

  test('holds the same books for the same seed, and others for another seed', async () => {
    const read = async (seed: number) => {
      const other = await createVisitor({ companies: 1, rows: 5, seed });
      const { access_token } = await other.connect('S.Jansen');
      const path = `${await other.division('101')}/sync/CRM/Accounts?$select=ID,Name,VATNumber,Timestamp`;
      const { json } = await other.get(access_token, path);
      await other.sandbox.close();
      return json.d.results.map(({ ID, Timestamp, ...row }) => [ID, Timestamp, row['VATNumber']]);
    };
    const first = await read(7);
    expect(await read(7)).toEqual(first);
    expect(await read(8)).not.toEqual(first);
  });
});
