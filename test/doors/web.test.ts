import { createHmac } from 'node:crypto';
import { METHODS, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createChangeCalls } from '../../accounting/exact-online/webhooks.ts';
import type { SignInOutcome } from '../../domain/logins/sign-in.ts';
import type { SignInLinkRequest } from '../../web/logins/sign-in-links.ts';
import { companies, connection, disconnected, office } from '../web/demo-office.ts';
import { openBrowser, type PlainBrowser } from '../web/plain-browser.ts';
import { bearer, runWeb, type RunningWeb } from '../web/running-web.ts';

const secret = 'the secret of the app';
let web: RunningWeb;
let revision = 1;

beforeAll(async () => {
  web = await runWeb({ changeCalls: createChangeCalls(secret) });
  await have({ link: disconnected() });
  await have({ id: 'new', link: { state: 'connecting', since: new Date().toISOString() }, companies: 0 });
  for (const id of ['exact', 'new'])
    await web.store.companies.recordListing(id, companies(), { complete: true });
});
afterAll(() => web.close());

const have = (more: Parameters<typeof connection>[0]) =>
  web.store.connections.save(connection({ revision: ++revision, ...more }));

/** Who comes to a page; each has a browser in which a login was made, or a link to make one. */
const visitors = {
  'a superuser': { officeUserId: 'sanne' },
  'the synchronisation user': { officeUserId: 'monica' },
  'an outsider, sent by a superuser': { officeUserId: 'sanne', outsider: { name: 'Piet', email: null } },
  'a superuser who left since': { officeUserId: 'tom', leaves: true },
  'somebody with another browser': { officeUserId: 'sanne', otherBrowser: true },
} as const;
type Visitor = keyof typeof visitors;
const everyVisitor = Object.keys(visitors) as Visitor[];
/** All whose link it is, and who may still do what it is for. */
const holders = everyVisitor.slice(0, 3);

const wrongUser = { result: 'wrong-user', login: 'p.bos', expected: 'CX_Basecone' } as const;
const linked = {
  result: 'linked',
  login: 'CX',
  environment: 'De Vries',
  reachable: 5,
  total: 5,
} as const;

/** Where a visitor stands: a link not used yet, the login page, or the result of a login. */
async function visit(
  visitor: Visitor,
  upTo: 'link' | 'login page' | 'result',
  about: { connectionId?: string; purpose?: 'reconnect' | 'set-up'; outcome?: SignInOutcome } = {},
): Promise<{ browser: PlainBrowser; address: string }> {
  const { officeUserId, ...more } = visitors[visitor];
  const { connectionId = 'exact', purpose = 'reconnect', outcome = wrongUser } = about;
  web.office.users = office.users;
  const asked: SignInLinkRequest = { officeUserId, connectionId, purpose };
  const { url } = await web.links.issue('outsider' in more ? { ...asked, outsider: more.outsider } : asked);
  let browser = openBrowser();
  let address = url;
  await browser.get(url);
  if (upTo !== 'link') {
    const state = new URL((await browser.post(url)).location!).searchParams.get('state');
    address = `${web.url}/oauth/callback?code=x&state=${state}`;
  }
  if (upTo === 'result') {
    web.workflow.outcome = outcome;
    address = `${web.url}${(await browser.get(address)).location}`;
  }
  if ('otherBrowser' in more) browser = openBrowser();
  if ('leaves' in more)
    web.office.users = office.users.map((user) => ({
      ...user,
      ...(user.id === officeUserId && { inactive: true }),
    }));
  return { browser, address };
}

const isLetIn = (status: number) => status < 400;

/** Every route of the pages: who is let in, and how one comes to it. */
const pages: Record<string, { who: readonly Visitor[]; come: (visitor: Visitor) => Promise<boolean> }> = {
  'GET /connect/:token': {
    who: [...holders, 'somebody with another browser'],
    come: async (visitor) => {
      const { browser, address } = await visit(visitor, 'link');
      return isLetIn((await browser.get(address)).status);
    },
  },
  'POST /connect/:token': {
    who: holders,
    come: async (visitor) => {
      const { browser, address } = await visit(visitor, 'link');
      return isLetIn((await browser.post(address)).status);
    },
  },
  'GET /oauth/callback': {
    who: holders,
    come: async (visitor) => {
      const { browser, address } = await visit(visitor, 'login page');
      return isLetIn((await browser.get(address)).status);
    },
  },
  'GET /connect/result/:signInId': {
    who: holders,
    come: async (visitor) => {
      const { browser, address } = await visit(visitor, 'result');
      return isLetIn((await browser.get(address)).status);
    },
  },
  'POST /connect/result/:signInId/take-over': {
    who: ['a superuser'],
    come: async (visitor) => {
      const { browser, address } = await visit(visitor, 'result');
      web.workflow.changes.length = 0;
      await browser.post(`${address}/take-over`);
      return web.workflow.changes.length > 0;
    },
  },
  'POST /connect/result/:signInId/again': {
    who: holders,
    come: async (visitor) => {
      const { browser, address } = await visit(visitor, 'result');
      const { location } = await browser.post(`${address}/again`);
      return location !== null && location.includes('/connect/') && !location.includes('result');
    },
  },
  'POST /connect/result/:signInId/companies': {
    who: ['the synchronisation user'],
    come: async (visitor) => {
      const about = { connectionId: 'new', purpose: 'set-up', outcome: linked } as const;
      // Nobody else gets as far as a login for it.
      const stands = await visit(visitor, 'result', about).catch(() => null);
      if (!stands) return false;
      web.workflow.chosen.length = 0;
      await stands.browser.post(`${stands.address}/companies`, [['company', 'd-1']]);
      return web.workflow.chosen.length > 0;
    },
  },
};

/** What is for everybody: it names nobody and nothing of the office's books. */
const open = ['GET /', 'GET /health', 'GET /icon.svg', 'GET /problems/:type'];
const isStyle = (route: string) => /^GET \/style[^/]*\.css$/.test(route);
const isApi = (route: string) => / \/api\//.test(route);
const signed = 'POST /webhooks/:system';
const routes = () => web.routes.filter((route) => !/^(HEAD|OPTIONS) /.test(route));
const filledIn = (route: string) =>
  route
    .replace(/^\w+ /, '')
    .replace(':connection', 'exact')
    .replace('/connections/:id', '/connections/exact')
    .replace(':company', 'd-1')
    .replace(/:\w+/g, 'x');

test('every route is in one of the tables', () => {
  const known = [...Object.keys(pages), ...open, signed];
  const unknown = routes().filter((route) => !known.includes(route) && !isApi(route) && !isStyle(route));
  expect(unknown).toEqual([]);
  expect(known.filter((route) => !routes().includes(route))).toEqual([]);
});

describe('every page, for everybody who may come', () => {
  test.each(Object.entries(pages))('%s', async (_, { who, come }) => {
    for (const visitor of everyVisitor)
      expect({ visitor, isLetIn: await come(visitor) }).toEqual({ visitor, isLetIn: who.includes(visitor) });
  });

  test.each([...open, 'style'])('%s is for everybody', async (route) => {
    const path = route === 'style' ? filledIn(routes().find(isStyle)!) : filledIn(route);
    const { status } = await fetch(`${web.url}${path.replace('problems/x', 'problems/not-found')}`);
    expect(status).toBe(200);
  });
});

test('every route of the API, with every method, needs the token', async () => {
  const ofApi = routes().filter(isApi);
  expect(ofApi.length).toBeGreaterThan(15);
  for (const route of ofApi) {
    const [method = ''] = route.split(' ');
    const ask = async (headers: Record<string, string>) =>
      (await fetch(`${web.url}${filledIn(route)}`, { method, headers })).status;
    const strangers = [{}, { authorization: 'Bearer x' }, { authorization: 'Basic eDp4' }, { cookie: 'a=b' }];
    for (const headers of strangers)
      expect({ route, status: await ask(headers as Record<string, string>) }).toEqual({ route, status: 401 });
    expect({ route, status: await ask(bearer) }).not.toEqual({ route, status: 401 });
  }
});

test('every address refuses a method that it does not take (405), and says which it takes', async () => {
  const every = METHODS.filter((method) => method !== 'CONNECT');
  const patterns = [...new Set(web.routes.map((route) => route.replace(/^\w+ /, '')))];
  expect(patterns.length).toBeGreaterThan(20);
  for (const pattern of patterns) {
    const path = filledIn(`GET ${pattern}`);
    const allow = every.filter((method) => web.routes.includes(`${method} ${pattern}`)).sort();
    for (const method of every.filter((one) => !allow.includes(one))) {
      const answer = await asked(method, path);
      expect({ method, pattern, ...answer }).toEqual({
        ...{ method, pattern, status: 405, allow: allow.join(', ') },
        type: /^\/(api\/|health)/.test(path)
          ? 'application/problem+json; charset=utf-8'
          : 'text/html; charset=utf-8',
      });
    }
  }
});

test('an address that nobody knows is a 404 with every method', async () => {
  for (const method of ['GET', 'POST', 'TRACE', 'OPTIONS'])
    for (const path of ['/api/nothing', '/nothing', '/api/connections/exact/', '/apixconnections'])
      expect({ path, ...(await asked(method, path)) }).toMatchObject({ path, status: 404, allow: undefined });
});

/** What browsers and programs say about where a request comes from, and whether a form of ours may look like that. */
const origins: [string, Record<string, string>, boolean][] = [
  ['our page', { 'sec-fetch-site': 'same-origin', origin: 'null' }, true],
  ['our page, in an old browser', { origin: 'null' }, true],
  ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, false],
  ['another site that hides its origin', { 'sec-fetch-site': 'cross-site', origin: 'null' }, false],
  ['another site, in an old browser', { origin: 'https://evil.example' }, false],
  ['a sister of our host', { 'sec-fetch-site': 'same-site', origin: 'https://b.example' }, false],
  ['nowhere, by hand', { 'sec-fetch-site': 'none' }, false],
];

describe('every route that writes, from everywhere', () => {
  const writing = () => routes().filter((route) => !route.startsWith('GET '));

  test.each(Object.keys(pages).filter((route) => route.startsWith('POST ')))('%s', async (route) => {
    for (const [from, headers, isOurs] of origins) {
      const about = route.endsWith('/companies')
        ? ({ connectionId: 'new', purpose: 'set-up', outcome: linked } as const)
        : {};
      const who = route.endsWith('/companies') ? 'the synchronisation user' : 'a superuser';
      const upTo = route === 'POST /connect/:token' ? 'link' : 'result';
      const { browser, address } = await visit(who, upTo, about);
      const before = [web.workflow.changes.length, web.workflow.chosen.length];
      const path = route.startsWith('POST /connect/result') ? `/${route.split('/').at(-1)}` : '';
      const answer = await browser.post(`${address}${path}`, [['company', 'd-1']], headers);
      expect({ from, status: answer.status }).toEqual({ from, status: isOurs ? expect.any(Number) : 403 });
      expect({ from, isLetIn: isLetIn(answer.status) }).toEqual({ from, isLetIn: isOurs });
      if (!isOurs) expect([web.workflow.changes.length, web.workflow.chosen.length]).toEqual(before);
      // Without the cookie of the page the same form is nobody's.
      const elsewhere = await openBrowser().post(`${address}${path}`, [['company', 'd-1']], headers);
      expect({ from, isLetIn: isLetIn(elsewhere.status) }).toEqual({ from, isLetIn: false });
    }
  });

  test('of the API: no origin stands in for the token', async () => {
    for (const route of writing().filter(isApi)) {
      const [method = ''] = route.split(' ');
      for (const [, headers] of origins) {
        const { status } = await fetch(`${web.url}${filledIn(route)}`, { method, headers });
        expect({ route, status }).toEqual({ route, status: 401 });
      }
    }
  });

  test('of the packages: only what they signed', async () => {
    const content = JSON.stringify({ Topic: 'Items', Division: 7, Key: 'k', Action: 'Update' });
    const code = createHmac('sha256', secret).update(content).digest('hex').toUpperCase();
    for (const [, headers] of origins) {
      const call = async (body: string) =>
        (await fetch(`${web.url}/webhooks/redirecting`, { method: 'POST', headers, body })).status;
      expect(await call(`{"Content":${content},"HashCode":"${'0'.repeat(64)}"}`)).toBe(401);
      expect(await call(`{"Content":${content},"HashCode":"${code}"}`)).toBe(200);
    }
  });

  test('has been looked at', () => {
    const looked = [...Object.keys(pages), signed];
    expect(writing().filter((route) => !looked.includes(route) && !isApi(route))).toEqual([]);
  });
});

function asked(method: string, path: string) {
  const { hostname, port } = new URL(web.url);
  return new Promise<{ status: number | undefined; allow: string | undefined; type: string | undefined }>(
    (resolve, reject) => {
      const asking = request({ hostname, port, method, path, headers: bearer }, (answer) => {
        answer.resume();
        const { statusCode: status, headers } = answer;
        resolve({ status, allow: headers.allow, type: headers['content-type'] });
      });
      asking.on('error', reject);
      asking.end();
    },
  );
}

describe('the name under which we are asked', () => {
  /** fetch does not let anybody choose the header Host. */
  const askedAs = (host: string, path: string) =>
    new Promise<{ status: number; body: string }>((resolve, reject) => {
      const { hostname, port } = new URL(web.url);
      const asking = request({ hostname, port, path, headers: { ...bearer, host } }, (answer) => {
        let body = '';
        answer.on('data', (piece: Buffer) => void (body += String(piece)));
        answer.on('end', () => resolve({ status: answer.statusCode!, body }));
      });
      asking.on('error', reject);
      asking.end();
    });

  test.each(['/', '/api/connections', '/connect/x', '/oauth/callback'])('%s', async (path) => {
    for (const host of [
      'evil.example',
      `evil.example:${new URL(web.url).port}`,
      '10.0.0.1',
      'localhost.evil',
    ])
      expect((await askedAs(host, path)).status).toBe(421);
    for (const host of [new URL(web.url).host, 'localhost', 'localhost:3000', '[::1]:3000'])
      expect((await askedAs(host, path)).status).not.toBe(421);
  });

  test('is said to whoever set up the proxy, and is no matter for health', async () => {
    expect(JSON.parse((await askedAs('evil.example', '/')).body)).toMatchObject({
      type: `${web.url}/problems/other-host`,
      detail: expect.stringContaining('pass the header Host on'),
    });
    expect((await askedAs('10.0.0.1:3000', '/health')).status).toBe(200);
  });
});

test.each([
  ['/api/connections/%', 400],
  ['/api/connections/%zz/companies', 400],
  [`/api/connections/${'x'.repeat(200)}`, 414],
])('an address that cannot be read is a problem like any other: %s', async (path, status) => {
  const answer = await fetch(`${web.url}${path}`, { headers: bearer });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(await answer.json()).toMatchObject({ type: `${web.url}/problems/invalid-request`, status });
});
