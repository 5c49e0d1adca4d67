import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createChangeCalls } from '../../accounting/exact-online/webhooks.ts';
import { createLogger } from '../../logger.ts';
import { createChangeGatherer, type GathererDeps } from '../../web/sync/change-gatherer.ts';
import { until } from '../until.ts';
import { connection } from './demo-office.ts';
import { runWeb, type RunningWeb } from './running-web.ts';

const secret = 'the secret of the app';
let web: RunningWeb;
beforeEach(async () => {
  web = await runWeb({ changeCalls: createChangeCalls(secret) });
  await connected('c1', ['7', '8']);
});
afterEach(() => web.close());

async function connected(id: string, companies: string[], more: Parameters<typeof connection>[0] = {}) {
  await web.store.connections.save(connection({ id, name: id, system: 'redirecting', ...more }));
  const listed = companies.map((externalId) => ({
    externalId,
    code: externalId,
    name: externalId,
    status: 'reachable' as const,
  }));
  await web.store.companies.recordListing(id, listed, { complete: true });
  await web.store.companies.link(id, companies);
}

function signed(Topic: string, Division: number, Key: string, EventCreatedOn?: string): string {
  const content = JSON.stringify({ Topic, Division, Key, Action: 'Update', EventCreatedOn });
  const code = createHmac('sha256', secret).update(content).digest('hex').toUpperCase();
  return `{"Content":${content},"HashCode":"${code}"}`;
}
const post = async (body: string, system = 'redirecting') =>
  (
    await fetch(`${web.url}/webhooks/${system}`, {
      method: 'POST',
      body,
      headers: body === '' ? {} : { 'content-type': 'application/json' },
    })
  ).status;
const synced = () => web.workflow.synced;
/** A call about another connection shows that whatever was said before it has been dealt with. */
async function afterwards(): Promise<void> {
  await connected('last', ['99']);
  await post(signed('Items', 99, crypto.randomUUID()));
  await until(
    'the last call',
    () => synced().some(({ connectionId }) => connectionId === 'last') || undefined,
  );
}
const syncedOf = (id: string) => synced().filter(({ connectionId }) => connectionId === id);

test('a change starts a sync of just that company and kind, once for a call that is sent again', async () => {
  expect(await post(signed('Items', 7, 'one'))).toBe(200);
  await until('the sync', () => synced().length > 0 || undefined);
  expect(await post(signed('Items', 7, 'one'))).toBe(200);
  await afterwards();
  expect(syncedOf('c1')).toEqual([
    {
      connectionId: 'c1',
      request: {
        actionId: expect.stringMatching(/^changed\/[0-9a-f]{32}$/),
        by: 'redirecting',
        scope: { companies: ['7'], kinds: ['item'] },
      },
    },
  ]);
});

test('a captured call is heard by no other server of the office either, nor after a restart', async () => {
  const captured = signed('Items', 7, 'one');
  await post(captured);
  await until('the sync', () => syncedOf('c1').length > 0 || undefined);
  const passed: string[] = [];
  const packageCalled = async (id: string) => void passed.push(id);
  const another = createChangeGatherer({
    ...{ store: web.store, gateway: { packageCalled } as unknown as GathererDeps['gateway'] },
    ...{ logger: createLogger('web', 'fatal'), now: () => new Date(), gatherMs: 10 },
  });
  await connected('last', ['99']);
  for (const body of [captured, signed('Items', 99, 'two')]) {
    const heard = createChangeCalls(secret).read(body);
    if (heard.says === 'changed') another.hear('redirecting', heard.call);
  }
  await until('the other call', () => passed.length > 0 || undefined);
  await another.close();
  expect(passed).toEqual(['last']);
});

test('a call about something that is days old is let go of', async () => {
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  expect(await post(signed('Items', 7, 'old', daysAgo(4)))).toBe(200);
  expect(await post(signed('Items', 8, 'of yesterday', daysAgo(1).replace('Z', '')))).toBe(200);
  await afterwards();
  expect(syncedOf('c1').map(({ request }) => request.scope?.companies)).toEqual([['8']]);
});

test('thousands of forged calls are one line a minute in the log', async () => {
  const lines = () =>
    web
      .logLines()
      .split('\n')
      .filter((line) => line.includes('were not signed'));
  for (let call = 0; call < 50; call += 1) await post('{"hello":"world"}');
  expect(lines()).toHaveLength(1);
  web.pass(61_000);
  await post('{"hello":"world"}');
  expect(lines()).toHaveLength(2);
  expect(JSON.parse(lines()[1]!)).toMatchObject({ calls: 50 });
});

test('a burst is one sync of each connection that keeps the company', async () => {
  await connected('c2', ['8']);
  for (let row = 0; row < 40; row += 1)
    await post(signed(row % 2 ? 'Items' : 'Accounts', 7 + (row % 2), `${row}`));
  await afterwards();
  const scopes = (id: string) => syncedOf(id).map(({ request }) => request.scope);
  expect(scopes('c1').length).toBeLessThan(20);
  expect(new Set(scopes('c1').flatMap((scope) => scope?.companies))).toEqual(new Set(['7', '8']));
  expect(new Set(scopes('c2').flatMap((scope) => scope?.companies))).toEqual(new Set(['8']));
});

test('a forged call is refused and changes nothing, and an empty one only asks whether we are there', async () => {
  expect(await post(signed('Items', 7, 'one').replace('"Division":7', '"Division":8'))).toBe(401);
  expect(await post('{"hello":"world"}')).toBe(401);
  expect(await post('')).toBe(200);
  expect(await post(signed('SalesOrders', 7, 'one'))).toBe(200);
  await afterwards();
  expect(syncedOf('c1')).toEqual([]);
});

test('nothing is asked of a connection that is paused, or that does not keep the company', async () => {
  await connected('paused', ['9'], { pausedBy: 'monica' });
  await post(signed('Items', 9, 'one'));
  await post(signed('Items', 10, 'one'));
  await afterwards();
  expect(synced().map(({ connectionId }) => connectionId)).toEqual(['last']);
});

test('a system that does not call has no address', async () => {
  expect(await post('', 'form')).toBe(404);
  expect(await post('', 'unheard-of')).toBe(404);
});

test('while Temporal is down a call is taken all the same, and waits for the next round', async () => {
  web.workflow.down = true;
  expect(await post(signed('Items', 7, 'one'))).toBe(200);
  await until('the note', () => web.logLines().includes('waits for the next round') || undefined);
});
