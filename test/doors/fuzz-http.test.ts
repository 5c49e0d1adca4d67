import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createChangeCalls } from '../../accounting/exact-online/webhooks.ts';
import { bearer, type RunningWeb } from '../web/running-web.ts';
import { nastyText, nastyValue, patienceMs, runs, seldom, tell } from './nasty.ts';
import { send, type Sent } from './raw-request.ts';
import { everyRow } from './rows.ts';
import { faultsOf, runWebWithBooks } from './web-with-books.ts';

/**
 * What nobody sends, sent to every route of the server: never an answer of 5xx, never an error of ours, never a row.
 * `npm test` takes a few seconds for it; `FUZZ=14000 npm test -- test/doors/fuzz` is the full size (nasty.ts).
 */
let web: RunningWeb;
beforeAll(async () => {
  web = await runWebWithBooks({ changeCalls: createChangeCalls('the secret of the app') });
});
afterAll(() => web.close());

const encoded = (text: string) => encodeURIComponent(text.toWellFormed());
const addressPart = fc.oneof(
  nastyText.map(encoded),
  fc.constantFrom('exact', 'd-1', 'id%3Ad-1', 'doc-1', 'relation', '101'),
  fc.constantFrom('%', '%zz', '%00', '%ed%a0%80', '%ff%fe', '%2e%2e', '..', '.', '', ';', '%2f', '?', '#'),
);
const queryName = fc.oneof(
  fc.constantFrom(
    'kind',
    'since',
    'after',
    'limit',
    'format',
    'month',
    'q',
    'state',
    'code',
    'active',
    'looked',
  ),
  nastyText.map(encoded),
);
const token = fc.constantFrom<Record<string, string>>(
  ...[bearer, bearer, bearer, {}, { authorization: 'Bearer \u00ff' }, { authorization: 'Basic eDp4' }],
);
const contentType = fc.constantFrom(
  ...['application/json', 'application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data', 'x', ''],
);
const otherHeaders = fc.constantFrom<Record<string, string>>(
  {},
  { 'sec-fetch-site': 'same-origin', origin: 'null' },
  { origin: 'https://evil.example' },
  { accept: 'text/csv', 'if-none-match': '"x"', range: 'bytes=0-1' },
  { cookie: '__proto__=1; syncuser=%00; =;;' },
  { 'x-forwarded-host': 'evil.example', 'x-http-method-override': 'DELETE' },
);
const body = fc.oneof(
  fc.constant(null),
  nastyValue.map((value) => Buffer.from(JSON.stringify(value) ?? '')),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc
    .constantFrom('{', '{"a":1', '{"__proto__":{"x":1}}', '"\\ud800"', 'a=%00&b=%', '['.repeat(20_000))
    .map((text) => Buffer.from(text)),
);
const otherMethod = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE');

const requestTo = (routes: readonly string[]): fc.Arbitrary<Sent> =>
  fc
    .record({
      route: fc.constantFrom(...routes),
      odd: seldom(otherMethod),
      parts: fc.array(addressPart, { minLength: 4, maxLength: 4 }),
      query: fc.array(fc.tuple(queryName, addressPart), { maxLength: 4 }),
      ...{ token, contentType, otherHeaders, body },
    })
    .map(({ route, odd, parts, query, ...sent }) => {
      const [method = '', pattern = ''] = route.split(' ');
      let at = 0;
      const path = pattern.replace(/:\w+|\*/g, () => parts[at++] ?? 'x');
      const search = query.map(([name, value]) => `${name}=${value}`).join('&');
      return {
        method: odd === null || route.includes('*') ? method : odd,
        path: `${path}${search && `?${search}`}`,
        headers: {
          ...sent.token,
          ...(sent.contentType && { 'content-type': sent.contentType }),
          ...sent.otherHeaders,
        },
        body: sent.body,
      };
    });

test(
  `every route takes what nobody sends: ${runs(14_000).numRuns} requests`,
  async () => {
    const routes = [...new Set(web.routes)].filter((route) => !/^(HEAD|OPTIONS) /.test(route));
    // The server says that it lives whenever it is asked.
    const rows = async () => ({ ...(await everyRow(web.database)), heartbeats: [] });
    const before = await rows();
    const seen: Record<number, number> = {};
    await fc.assert(
      fc.asyncProperty(requestTo(routes), async (sent) => {
        const { status, type } = await send(web.url, sent);
        seen[status] = (seen[status] ?? 0) + 1;
        expect(status).toBeLessThan(500);
        if (sent.path.startsWith('/api/') && status >= 400 && sent.method !== 'HEAD')
          expect(type).toContain('application/problem+json');
      }),
      runs(14_000),
    );
    tell('answers to requests', seen);
    expect(faultsOf(web)).toEqual([]);
    expect(await rows()).toEqual(before);
    // Enough of it came through the first doors, or this tests less than it says.
    expect(Object.keys(seen).map(Number)).toEqual(expect.arrayContaining([200, 400, 401, 404]));
    expect((await fetch(`${web.url}/health`)).status).toBe(200);
  },
  patienceMs,
);
