import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { logIn } from '../login/log-in.ts';
import { client, createVisitor, redirectUri, type Tokens, type Visitor } from './visitor.ts';

let visitor: Visitor;
let tokens: Tokens;
let division: number;
const user = 'CX_Basecone';
beforeAll(async () => {
  visitor = await createVisitor({ rows: 130, minuteLimit: 1000 });
});
beforeEach(async () => {
  await visitor.turn('reset');
  tokens = await visitor.connect(user);
  division = await visitor.division('101');
});
afterAll(() => visitor.sandbox.close());

const get = (path: string) => visitor.get(tokens.access_token, path);
const said = async (path: string) => {
  const { status, json } = await get(path);
  return [status, (json.error as unknown as { message: { value: string } } | undefined)?.message.value];
};
const vat = () => `${division}/vat/VATCodes`;

describe('the contract', () => {
  test('allows two hundred token calls a day', async () => {
    // From just after midnight (UTC) on, so that the day cannot end in between.
    const { now } = (await (await fetch(`${visitor.sandbox.url}/control/state`)).json()) as { now: string };
    await visitor.turn('clock', { advanceSeconds: 86_401 - (Math.floor(Date.parse(now) / 1000) % 86_400) });
    tokens = await visitor.connect(user);
    for (let calls = 1; calls < 200; calls += 1) {
      const refused = await visitor.refresh(tokens.refresh_token);
      expect(refused.json.error_description).toContain('access_token not expired');
    }
    await visitor.turn('clock', { advanceSeconds: 570 });
    expect((await visitor.refresh(tokens.refresh_token)).status).toBe(429);
    await visitor.turn('clock', { advanceSeconds: 86_400 });
    expect((await visitor.refresh(tokens.refresh_token)).status).toBe(200);
  });

  test('blocks a user, company and endpoint after ten errors, for longer each time', async () => {
    const wrong = `${vat()}?$select=Nonsense`;
    const tenErrors = async () => {
      for (let errors = 0; errors <= 10; errors += 1) expect((await get(wrong)).status).toBe(400);
    };
    await tenErrors();
    expect((await get(vat())).status).toBe(429);
    expect((await get(`${division}/financial/Journals`)).status).toBe(200);
    expect((await get(`${await visitor.division('102')}/vat/VATCodes`)).status).toBe(200);
    await visitor.turn('clock', { advanceSeconds: 3601 });
    tokens = await visitor.connect(user);
    await tenErrors();
    await visitor.turn('clock', { advanceSeconds: 3601 });
    tokens = await visitor.connect(user);
    expect((await get(vat())).status).toBe(429);
    await visitor.turn('clock', { advanceSeconds: 3600 });
    tokens = await visitor.connect(user);
    expect((await get(vat())).status).toBe(200);
  });

  test('demands a filter where a sync twin exists, and $select on bulk resources', async () => {
    const [status, words] = await said(`${division}/crm/Accounts?$select=ID`);
    expect([status, words]).toEqual([400, expect.stringContaining('has mandatory filtering applied')]);
    const all = "$filter=Modified gt datetime'2000-01-01T00:00:00'";
    expect((await get(`${division}/bulk/CRM/Accounts?$select=ID&${all}`)).json.d.results).toHaveLength(130);
    expect((await get(`${division}/bulk/CRM/Accounts?${all}`)).status).toBe(400);
    const wrong = await said(`${division}/bulk/Logistics/Items?$select=ID&$filter=Barcode ne null`);
    expect(wrong).toEqual([400, 'Filtering on these fields is not supported: Barcode']);
  });

  test('asks for a data scope of the app', async () => {
    await visitor.turn('app-scope', { scope: 'financial.accounting', level: 'none' });
    expect(await said(vat())).toEqual([
      403,
      "Forbidden - Application Scope Violated. Cannot read 'financial.accounting' scope.",
    ]);
    expect((await get(`${division}/financial/Journals`)).status).toBe(200);
  });

  test('keeps to the companies that were chosen at the consent', async () => {
    const other = await visitor.division('102');
    const back = await logIn(visitor.authorisationUrl(), { userName: user, companies: [other] });
    const code = back.searchParams.get('code')!;
    const fields = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, ...client };
    tokens = (await visitor.token(fields)).json as unknown as Tokens;
    expect(await said(vat())).toEqual([403, 'Forbidden - User division is not within division scope.']);
    for (const list of ['Divisions', 'AllDivisions']) {
      const { json } = await get(`${division}/system/${list}?$select=Code`);
      expect(json.d.results.map(({ Code }) => Number(Code))).toEqual([other]);
    }
    await visitor.turn('division-lists', { checkPath: true });
    expect((await get(`${division}/system/Divisions`)).status).toBe(403);
    await visitor.turn('consent-companies', { user, companies: 'all' });
    expect((await get(vat())).status).toBe(200);
  });

  test('tells the row version of a date, and gives new ones to a company that is moved', async () => {
    const path = `${division}/sync/CRM/Accounts?$select=ID,Timestamp`;
    const before = (await get(path)).json.d.results;
    await visitor.turn('clock', { advanceSeconds: 60 });
    const now = new Date(Date.now() + 30_000).toISOString().slice(0, 19);
    await visitor.turn('rows', { division, kind: 'relation', change: 2 });
    const asked = `modified=datetime'${now}'&endPoint='Accounts'`;
    const { json } = await get(`${division}/read/sync/Sync/SyncTimestamp?${asked}`);
    const from = String(json.d.results[0]!['TimeStampAsBigInt']);
    expect((await get(`${path}&$filter=Timestamp gt ${from}L`)).json.d.results).toHaveLength(2);

    await visitor.turn('move-company', { division });
    const after = (await get(path)).json.d.results;
    expect(after).toHaveLength(before.length);
    expect(after.map((row) => row.Timestamp)).not.toEqual(before.map((row) => row.Timestamp));
    const { json: list } = await get(`${division}/system/Divisions?$filter=Code eq ${division}`);
    expect(list.d.results[0]!['DivisionMoveDate']).toMatch(/^\/Date\(\d+\)\/$/);
  });

  test('keeps its budgets over a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'exact-online-'));
    const options = { stateFile: join(folder, 'state.json'), dayLimit: 3 };
    const first = await createVisitor(options);
    const { access_token } = await first.connect(user);
    const path = `${await first.division('101')}/vat/VATCodes`;
    for (let calls = 0; calls < 3; calls += 1) expect((await first.get(access_token, path)).status).toBe(200);
    await first.sandbox.close();
    const second = await createVisitor(options);
    expect((await second.get(access_token, path)).status).toBe(429);
    await second.sandbox.close();
    await rm(folder, { recursive: true });
  });
});

describe('webhooks', () => {
  test('are told of added, changed and deleted rows, signed over their Content', async () => {
    const bodies: string[] = [];
    const listener = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => response.end(void bodies.push(body)));
    }).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const CallbackURL = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/`;
    const subscriptions = `${visitor.sandbox.url}/api/v1/${division}/webhooks/WebhookSubscriptions`;
    const ask = (method: string, address: string, body?: object) =>
      fetch(address, {
        method,
        ...(body && { body: JSON.stringify(body) }),
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${tokens.access_token}`,
          ...(body && { 'content-type': 'application/json' }),
        },
      });
    const made = await ask('POST', subscriptions, { CallbackURL, Topic: 'Accounts' });
    expect(made.status).toBe(201);
    const { d } = (await made.json()) as { d: { ID: string } };
    expect((await ask('POST', subscriptions, { CallbackURL, Topic: 'Accounts' })).status).toBe(400);
    expect(
      (await ask('POST', subscriptions, { CallbackURL: 'http://far.example', Topic: 'Items' })).status,
    ).toBe(400);

    const deliveries = async (count: number) => {
      for (;;) {
        const told = (await (await fetch(`${visitor.sandbox.url}/control/webhooks`)).json()) as {
          action: string;
          status: number | null;
        }[];
        if (told.length >= count) return told.map(({ action, status }) => [action, status]);
      }
    };
    await visitor.turn('rows', { division, kind: 'relation', add: 1, change: 1, delete: 1 });
    expect(await deliveries(4)).toEqual([
      ['Delete', 200],
      ['Update', 200],
      ['Create', 200],
      ['Validate', 200],
    ]);
    expect(bodies[0]).toBe('');
    const [, content, code] = /^{"Content":(.*),"HashCode":"(.*)"}$/.exec(bodies[1]!)!;
    expect(JSON.parse(content!)).toMatchObject({ Topic: 'Accounts', Division: division, Action: 'Create' });
    const secret = 'syncuser-local-webhook-secret';
    expect(code).toBe(createHmac('sha256', secret).update(content!).digest('hex').toUpperCase());

    await visitor.turn('webhooks', { deliver: false });
    await visitor.turn('rows', { division, kind: 'relation', change: 1 });
    expect((await deliveries(5))[0]).toEqual(['Update', null]);
    expect(bodies).toHaveLength(4);
    expect((await ask('DELETE', `${subscriptions}(guid'${d.ID}')`)).status).toBe(204);
    expect((await get(`${division}/webhooks/WebhookSubscriptions`)).json.d.results).toEqual([]);
    listener.closeAllConnections();
    listener.close();
  });
});

describe('switches of the wire', () => {
  const raw = () =>
    fetch(`${visitor.sandbox.url}/api/v1/${vat()}`, {
      headers: { accept: 'application/json', authorization: `Bearer ${tokens.access_token}` },
    });

  test.each(['status-500', 'status-502', 'status-504'])('an outage can be a %s', async (how) => {
    await visitor.turn('outage', { on: true, how });
    expect((await raw()).status).toBe(Number(how.slice(-3)));
  });

  test('truncated, malformed and cut-off replies cannot be read, those of another shape can', async () => {
    for (const how of ['truncated', 'malformed', 'cut-off']) {
      await visitor.turn('replies', { how, times: 1 });
      await expect(raw().then((reply) => reply.json())).rejects.toThrow();
      expect((await get(vat())).status).toBe(200);
    }
    await visitor.turn('replies', { how: 'wrong-shape' });
    expect(await (await raw()).json()).toEqual({ d: { results: 'none' } });
  });

  test('a time-out holds the connection until it is turned off; slow is only late', async () => {
    await visitor.turn('replies', { how: 'time-out' });
    const held = raw();
    const silence = new Promise((resolve) => setTimeout(() => resolve('nothing'), 150));
    expect(await Promise.race([held, silence])).toBe('nothing');
    await visitor.turn('replies', { how: 'as-usual' });
    expect((await held).status).toBe(200);
    await visitor.turn('replies', { how: 'slow', seconds: 0.1 });
    expect((await raw()).status).toBe(200);
  });

  test('a repeated page is its own next page', async () => {
    await visitor.turn('replies', { how: 'repeated-page', path: 'journals' });
    const first = await get(`${division}/financial/Journals?$select=ID`);
    const second = await get(first.json.d.__next!);
    expect(second.json).toEqual(first.json);
    expect((await get(vat())).json.d).not.toHaveProperty('__next');
  });

  test('a lost reply to a refresh has rotated the token all the same', async () => {
    await visitor.turn('clock', { advanceSeconds: 570 });
    await visitor.turn('lose-refresh-reply');
    await expect(visitor.refresh(tokens.refresh_token)).rejects.toThrow();
    const again = await visitor.refresh(tokens.refresh_token);
    expect(again.json.error_description).toBe('Old refresh token used.');
  });

  test('an expired refresh token says so, and the error block answers at once', async () => {
    await visitor.turn('expire-refresh-token', { user });
    expect((await visitor.refresh(tokens.refresh_token)).json.error_description).toContain('expired at');
    await visitor.turn('error-block', { on: true, kind: 'vat-code' });
    expect((await raw()).status).toBe(429);
    expect((await get(`${division}/financial/Journals`)).status).toBe(200);
  });

  test('a company without a licence answers 403 LicenseExpired, the others go on', async () => {
    await visitor.turn('company', { division, licenceExpired: true });
    expect((await raw()).headers.get('reason')).toBe('LicenseExpired');
    expect((await get(`${await visitor.division('102')}/vat/VATCodes`)).status).toBe(200);
  });

  test('a browser can be logged in as another user already', async () => {
    await visitor.turn('log-in-as', { user: 'T.deVries' });
    const page = await (await fetch(visitor.authorisationUrl())).text();
    expect(page).toContain('You are logged in as T.deVries');
    const forced = await (await fetch(visitor.authorisationUrl({ force_login: '1' }))).text();
    expect(forced).toContain('name="password"');
  });

  test('GET /control leads to the page', async () => {
    const { status, headers } = await fetch(`${visitor.sandbox.url}/control`, { redirect: 'manual' });
    expect([status, headers.get('location')]).toEqual([302, '/']);
  });
});
