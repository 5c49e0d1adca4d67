import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createVisitor, type Tokens, type Visitor } from './visitor.ts';

describe('trouble in the Exact Online sandbox', () => {
  let visitor: Visitor;
  let tokens: Tokens;
  let division: number;
  beforeAll(async () => {
    visitor = await createVisitor({ companies: 12, minuteLimit: 20 });
  });
  beforeEach(async () => {
    await visitor.turn('reset');
    tokens = await visitor.connect('CX_Basecone');
    division = await visitor.division('101');
  });
  afterAll(() => visitor.sandbox.close());

  const get = (path: string) => visitor.get(tokens.access_token, path);
  const listed = async (accessToken: string, resource: string) => {
    const { json } = await visitor.get(accessToken, `${division}/${resource}?$select=Code,Hid`);
    return json.d.results.map((company) => Number(company.Code));
  };

  test('a user who misses companies sees them in AllDivisions, not in Divisions, and gets 403 inside', async () => {
    const peeters = await visitor.connect('P.Peeters');
    const all = await listed(peeters.access_token, 'system/AllDivisions');
    const mine = await listed(peeters.access_token, 'system/Divisions');
    expect([all.length, mine.length]).toEqual([12, 9]);
    const missing = all.find((code) => !mine.includes(code))!;
    const refused = await visitor.get(peeters.access_token, `${missing}/vat/VATCodes`);
    expect(refused.status).toBe(403);
    expect(refused.headers.get('reason')).toBe('NoDivisionAccess');
    expect(refused.json).toEqual({ error: { code: '', message: { lang: '', value: 'Forbidden' } } });

    await visitor.turn('give-company', { user: 'P.Peeters', division: missing });
    expect((await visitor.get(peeters.access_token, `${missing}/vat/VATCodes`)).status).toBe(200);
  });

  test('a company that is taken away is gone for this user only', async () => {
    const jansen = await visitor.connect('S.Jansen');
    await visitor.turn('remove-company', { user: 'CX_Basecone', division });
    expect((await get(`${division}/vat/VATCodes`)).headers.get('reason')).toBe('NoDivisionAccess');
    expect((await visitor.get(jansen.access_token, `${division}/vat/VATCodes`)).status).toBe(200);
  });

  test.each([
    ['block-user', { user: 'CX_Basecone' }, 'BlockedUser'],
    ['deactivate-user', { user: 'CX_Basecone' }, 'InactiveUser'],
    ['customer', { blocked: true }, 'BlockedCustomer'],
    ['customer', { licenceExpired: true }, 'LicenseExpired'],
  ])('%s %j answers 403 %s to every call', async (name, body, reason) => {
    await visitor.turn(name, body);
    for (const path of ['current/Me', `${division}/vat/VATCodes`]) {
      const refused = await get(path);
      expect([refused.status, refused.headers.get('reason')]).toEqual([403, reason]);
    }
  });

  test('a blocked company answers 403 DivisionBlocked, the others go on', async () => {
    await visitor.turn('company', { division, blocked: true });
    expect((await get(`${division}/vat/VATCodes`)).headers.get('reason')).toBe('DivisionBlocked');
    expect((await get(`${await visitor.division('102')}/vat/VATCodes`)).status).toBe(200);
  });

  test('a company keeps its division when its code and name change, and leaves the lists when deleted', async () => {
    await visitor.turn('company', { division, code: '901', name: 'Bakkerij Jansen Groep B.V.' });
    expect(await visitor.division('901')).toBe(division);
    await visitor.turn('company', { division, deleted: true });
    expect(await listed(tokens.access_token, 'system/AllDivisions')).not.toContain(division);
  });

  test('a missing right shows as an empty list, and UserHasRights tells the truth', async () => {
    const may = async (endpoint: string) => {
      const { json } = await get(`${division}/users/UserHasRights?endpoint='${endpoint}'&action='GET'`);
      return json.d.UserHasRights;
    };
    await visitor.turn('right', { user: 'CX_Basecone', division, kind: 'relation', allowed: false });
    const empty = await get(`${division}/sync/CRM/Accounts?$filter=Timestamp gt 1L`);
    expect([empty.status, empty.json]).toEqual([200, { d: { results: [] } }]);
    expect([await may('crm/Accounts'), await may('vat/VATCodes')]).toEqual([false, true]);
    const other = await get(`${await visitor.division('102')}/sync/CRM/Accounts`);
    expect(other.json.d.results).not.toHaveLength(0);

    await visitor.turn('right', { user: 'CX_Basecone', division, kind: 'relation', allowed: true });
    expect(await may('crm/Accounts')).toBe(true);
  });

  test('a right taken everywhere can be given back in one company', async () => {
    await visitor.turn('right', { user: 'CX_Basecone', kind: 'item', allowed: false, how: 'forbidden' });
    expect((await get(`${division}/sync/Logistics/Items`)).status).toBe(403);
    await visitor.turn('right', { user: 'CX_Basecone', division, kind: 'item', allowed: true });
    expect((await get(`${division}/sync/Logistics/Items`)).status).toBe(200);
    expect((await get(`${await visitor.division('102')}/sync/Logistics/Items`)).status).toBe(403);
  });

  test('an outage stops the API, the tokens and the login, but not the control page', async () => {
    await visitor.turn('outage', { on: true });
    expect((await get('current/Me')).status).toBe(503);
    expect((await visitor.refresh(tokens.refresh_token)).status).toBe(503);
    expect((await fetch(visitor.authorisationUrl())).status).toBe(503);
    expect((await fetch(visitor.sandbox.controlUrl)).status).toBe(200);

    for (const status of [408, 599]) {
      await visitor.turn('outage', { on: true, how: `status-${status}` });
      expect((await get('current/Me')).status).toBe(status);
    }
    await visitor.turn('outage', { on: true, how: 'maintenance-page' });
    const page = await get('current/Me');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    await visitor.turn('outage', { on: false });
    expect((await get('current/Me')).status).toBe(200);
  });

  test('the budget of a minute is counted per company and starts again with the next minute', async () => {
    const company = await visitor.division('105');
    const first = await get(`${company}/vat/VATCodes`);
    expect(first.headers.get('x-ratelimit-minutely-limit')).toBe('20');
    expect(first.headers.get('x-ratelimit-limit')).toBe('5000');
    let refused = first;
    for (let calls = 0; refused.status === 200 && calls < 100; calls += 1) {
      refused = await get(`${company}/vat/VATCodes`);
    }
    expect([refused.status, refused.json]).toEqual([429, '']);
    expect(refused.headers.get('x-ratelimit-minutely-remaining')).toBe('0');
    expect(refused.headers.has('x-ratelimit-limit')).toBe(false);
    expect((await get(`${await visitor.division('106')}/vat/VATCodes`)).status).toBe(200);
    expect((await get('current/Me')).headers.has('x-ratelimit-limit')).toBe(false);
    await visitor.turn('clock', { advanceSeconds: 60 });
    expect((await get(`${company}/vat/VATCodes`)).status).toBe(200);
  });

  test('the rate-limit switch answers 429 at once, with the headers of the day when asked so', async () => {
    await visitor.turn('rate-limit', { on: true, window: 'day' });
    const refused = await get(`${division}/vat/VATCodes`);
    expect([refused.status, refused.json]).toEqual([429, '']);
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(refused.headers.has('x-ratelimit-minutely-limit')).toBe(false);
  });

  test('a switch refuses names it does not know, in words', async () => {
    const user = await visitor.turn('block-user', { user: 'nobody' });
    expect([user.status, user.json.error]).toEqual([400, 'There is no user "nobody".']);
    const kind = await visitor.turn('right', { user: 'S.Jansen', kind: 'invoices', allowed: false });
    expect(kind.json.error).toContain('unknown kind "invoices"');
    expect((await visitor.turn('nonsense')).status).toBe(404);
  });

  test('the log names who asked what, without secrets', async () => {
    await get(`${division}/vat/VATCodes?$top=1`);
    const log = (await (await fetch(`${visitor.sandbox.url}/control/log?limit=20`)).json()) as object[];
    expect(log[0]).toMatchObject({
      method: 'GET',
      path: `/api/v1/${division}/vat/VATCodes?$top=1`,
      user: 'CX_Basecone',
      status: 200,
    });
    expect(JSON.stringify(log)).not.toMatch(/code=|state=|password|refresh_token/);
  });

  test('the control page tells who gave consent and turns a switch', async () => {
    const { controlUrl } = visitor.sandbox;
    expect(await (await fetch(controlUrl)).text()).toContain('given to Syncuser');
    const body = new URLSearchParams({ switch: 'withdraw-consent', user: 'CX_Basecone' });
    const page = await (await fetch(controlUrl, { method: 'POST', body })).text();
    expect(page).toContain('The consent of CX_Basecone is withdrawn');
    expect((await get('current/Me')).status).toBe(401);
    const foreign = { 'sec-fetch-site': 'cross-site' };
    expect((await fetch(controlUrl, { method: 'POST', body, headers: foreign })).status).toBe(403);
  });
});
