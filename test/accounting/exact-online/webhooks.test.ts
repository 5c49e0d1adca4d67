import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import type { AccountingSession, AccountingSystem } from '../../../accounting/port.ts';
import { createChangeCalls } from '../../../accounting/exact-online/webhooks.ts';
import { until } from '../../until.ts';
import { createMemoryVault } from '../memory-vault.ts';
import { createWorkbench, type Workbench } from './sandbox.ts';

const secret = 'syncuser-local-webhook-secret';
let bench: Workbench;
let listener: Server;
let callbackUrl: string;
let heard: string[] = [];
let system: AccountingSystem;
let session: AccountingSession;
let company: { externalId: string };

beforeAll(async () => {
  bench = await createWorkbench({ companies: 2 });
  listener = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      heard.push(body);
      response.end();
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  callbackUrl = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/webhooks/exact-online`;
});
afterAll(async () => {
  listener.close();
  await bench.close();
});
beforeEach(async () => {
  await bench.turn('reset', {});
  heard = [];
  system = bench.another({ webhooks: { secret, callbackUrl } });
  session = system.open(createMemoryVault(await bench.logIn()));
  company = { externalId: String((await bench.divisions())[0]) };
});

const posts = async () =>
  (await bench.requests()).filter((line) => line.includes('webhooks') && !line.startsWith('GET')).length;
/** The calls that are no look whether anybody is there. */
const calls = () => heard.filter((body) => body !== '');

describe('Exact Online', () => {
  test('calls about a company that was subscribed to, and says which kind of which company changed', async () => {
    await session.subscribe!(company);
    await until('the subscriptions to be checked', () => heard.length === 4 || undefined);
    await bench.turn('rows', { division: Number(company.externalId), kind: 'item', change: 1 });
    await bench.turn('rows', { division: Number(company.externalId), kind: 'relation', add: 1 });
    await until('two calls', () => calls().length === 2 || undefined);
    const read = calls().map((body) => system.changeCalls!.read(body));
    expect(read).toMatchObject([
      { says: 'changed', call: { company: company.externalId, kind: 'item' } },
      { says: 'changed', call: { company: company.externalId, kind: 'relation' } },
    ]);
    expect(system.changeCalls!.read(calls()[0]!)).toEqual(read[0]); // sent again, it is the same
    expect(createChangeCalls('another secret').read(calls()[0]!)).toEqual({ says: 'forged' });
  });

  test('is asked once, however often one asks, and anew when our address is another', async () => {
    const before = await posts();
    await session.subscribe!(company);
    await session.subscribe!(company);
    expect(await posts()).toBe(before + 4);
    const moved = bench.another({ webhooks: { secret, callbackUrl: `${callbackUrl}?moved` } });
    await moved.open(createMemoryVault(await bench.logIn())).subscribe!(company);
    expect(await posts()).toBe(before + 12);
  });

  test('is not asked where it could not call us', () => {
    const deaf = bench.another({});
    expect(deaf.changeCalls).toBeUndefined();
    expect(deaf.open(createMemoryVault({ secret: {}, expiresAt: null }))).not.toHaveProperty('subscribe');
  });

  test('that refuses the app to subscribe refuses every topic, and says why', async () => {
    await bench.turn('app-scope', { scope: 'organization.administration', level: 'none' });
    await expect(session.subscribe!(company)).rejects.toMatchObject({
      meaning: { about: 'right', gate: 'app-scope' },
    });
  });
});

describe('A call', () => {
  const signed = (content: string) =>
    `{"Content":${content},"HashCode":"${createHmac('sha256', secret).update(content).digest('hex').toUpperCase()}"}`;
  const content = JSON.stringify({ Topic: 'Accounts', Division: 7, Key: 'k', Action: 'Update' });
  const calls = createChangeCalls(secret);

  test('is taken as it was signed, with whatever spaces it has', () => {
    for (const text of [content, content.replaceAll(',', ' , ')])
      expect(calls.read(signed(text))).toMatchObject({
        says: 'changed',
        call: { company: '7', kind: 'relation' },
      });
  });

  test('about something we do not keep says nothing', () => {
    for (const text of [content.replace('Accounts', 'SalesOrders'), '{}', '"Accounts"'])
      expect(calls.read(signed(text))).toEqual({ says: 'nothing' });
  });

  test.each([
    ['no signature', `{"Content":${content}}`],
    ['another content', signed(content).replace('"Division":7', '"Division":8')],
    ['a short signature', `{"Content":${content},"HashCode":"AB"}`],
    ['no JSON', 'hello'],
    ['nothing', ''],
  ])('with %s is forged', (_what, body) => {
    expect(calls.read(body)).toEqual({ says: 'forged' });
  });
});
