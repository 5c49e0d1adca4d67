import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { AccountingSystem } from '../../../accounting/port.ts';
import { createFacts } from '../../../bot/facts.ts';
import { inWords } from '../../bot/in-words.ts';
import { status } from '../../../bot/messages/connections/status.ts';
import { afterRound } from '../../../domain/sync/after-round.ts';
import { promise } from '../../../domain/sync/freshness.ts';
import { judgeReconnect } from '../../../domain/logins/login.ts';
import {
  createWorkbench,
  redirectSignIn,
  redirectUri,
  type Workbench,
} from '../../accounting/exact-online/sandbox.ts';
import { onSqlite } from '../../database.ts';
import {
  connectionId,
  inTemporal,
  office as people,
  openOffice,
  type OfficeWithBooks,
} from '../office-with-books.ts';
import { screensOf } from '../../screens.ts';

/** Every switch of the sandbox: what the product then says in the status and the alert, and what it does. */
let bench: Workbench;
let office: OfficeWithBooks;
let divisions: number[];
const open = onSqlite();
const user = 'CX_Basecone';
const waits = { syncInterval: 900_000, retryDelayed: 120_000 };
beforeAll(async () => {
  bench = await createWorkbench({ companies: 2, rows: 6, minuteLimit: 5_000 });
  divisions = await bench.divisions();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.turn('reset', {});
  bench.resetClock();
  office = await openOffice(bench, open);
  await office.connected(user);
});

const stateNow = async () => (await office.store.connections.get(connectionId))!;

/** A round as the workflow runs it; gives the state after it. */
async function round(system: AccountingSystem = bench.system) {
  const activities = office.process({ system });
  const before = await stateNow();
  const number = before.round + 1;
  const state = await office.save({ round: number, syncingSince: bench.now().toISOString() });
  const of = { connectionId, round: number };
  const plan = await inTemporal(() => activities.planRound(of));
  const { grantId, companies } = plan;
  const done = plan.stop
    ? { stop: plan.stop, postponed: null, read: 0 }
    : await inTemporal(() => activities.syncCompanies({ ...of, grantId, companies }));
  const { stop, postponed, read } = done;
  const ended = { grantId, planned: true, read, stop, postponed };
  return office.save(afterRound(state, ended, bench.now().getTime(), waits));
}

/** What `/syncuser status` says now. */
async function statusNow(): Promise<string> {
  const facts = createFacts({
    store: office.store,
    gateway: { reachable: async () => true },
    office: people,
    systems: [{ id: 'exact-online', name: 'Exact Online', screens: screensOf('exact-online') }],
    freshness: promise(3_600_000),
    now: bench.now,
  });
  return status(await facts.about([await stateNow()])).text.replaceAll('&gt;', '>');
}

/** What the alert in the office channel says. */
async function alertNow(): Promise<string> {
  const { link } = await stateNow();
  if (link.state !== 'disconnected') throw new Error('The connection is not disconnected');
  const { cause, since } = link;
  const { incident } = await office.activities.openIncident({ connectionId, cause, since, lastGoodAt: null });
  await office.activities.tellDisconnection({ connectionId, incident });
  return inWords(office.speaker.standing(`incident/${incident}/C-office`)!).text;
}

type Turn = [name: string, body: object];
const first = () => ({ division: divisions[0] });

describe('A login that a human must mend disconnects, and the alert says why and how it is mended', () => {
  test.each<[string, Turn[], number, string, string]>([
    [
      'withdraw consent',
      [['withdraw-consent', { user }]],
      0,
      'the consent of CX_Basecone was withdrawn',
      'Click Reconnect and log in',
    ],
    [
      'expire refresh token',
      [['expire-refresh-token', { user }]],
      3600,
      'the consent of CX_Basecone in Exact Online has expired',
      'Click Reconnect and log in',
    ],
    ['block user', [['block-user', { user, on: true }]], 0, 'CX_Basecone is blocked', 'unblock CX_Basecone'],
    [
      'deactivate user',
      [['deactivate-user', { user, on: true }]],
      0,
      'CX_Basecone is no longer active',
      'activate CX_Basecone',
    ],
    [
      'licence of the customer',
      [['customer', { licenceExpired: true }]],
      0,
      'the licence of Exact Online has expired',
      'Renew the licence',
    ],
  ])('%s', async (_name, turns, later, why, mend) => {
    const grantId = (await stateNow()).login!.grantId;
    if (later > 0) await bench.advance(later);
    for (const turn of turns) await bench.turn(...turn);
    await round();
    expect(await statusNow()).toContain(why);
    const alert = await alertNow();
    expect(alert).toContain(why);
    expect(alert).toContain(mend);
    expect(await office.store.grants.has(grantId)).toBe(true);
  });

  test('lose one refresh reply: a delay at first, and a lost login when the old token is refused', async () => {
    await bench.advance(3600);
    await bench.turn('lose-refresh-reply', { times: 1 });
    expect(await round()).toMatchObject({ link: { state: 'connected' }, health: { reason: 'outage' } });
    await round();
    expect(await statusNow()).toContain('the login of CX_Basecone at Exact Online can no longer be used');
  });
});

describe('What a human need not mend is waited out, and the status says so', () => {
  test.each<[string, Turn]>([
    ['outage 5xx', ['outage', { on: true, how: 'status-503' }]],
    ['outage with a web page', ['outage', { on: true, how: 'maintenance-page' }]],
    ['time-outs', ['replies', { how: 'time-out' }]],
  ])('%s', async (_name, turn) => {
    const impatient = bench.another({ timeoutMs: 300 });
    await bench.turn(...turn);
    expect((await round(impatient)).link.state).toBe('connected');
    expect(await statusNow()).toMatch(/Waiting for Exact Online since .+: it does not answer/);
    await bench.turn('outage', { on: false });
    await bench.turn('replies', { how: 'as-usual' });
    await round();
    expect(await statusNow()).toContain('(all fine)');
  });

  test('slow: everything comes in', async () => {
    await bench.turn('replies', { how: 'slow', seconds: 0.2, times: 5 });
    await round();
    expect(await statusNow()).toContain('(all fine)');
  });

  test.each<[string, Turn]>([
    ['429 minutely', ['rate-limit', { on: true, window: 'minute' }]],
    ['429 daily', ['rate-limit', { on: true, window: 'day' }]],
    ['error block', ['error-block', { on: true }]],
  ])('%s', async (_name, turn) => {
    await bench.turn(...turn);
    const { nextSyncAt, link } = await round();
    expect(link.state).toBe('connected');
    expect(Date.parse(nextSyncAt!)).toBeGreaterThan(bench.now().getTime());
    expect(await statusNow()).toContain('limits how often Syncuser may ask');
    expect(await statusNow()).toContain('asks again as soon as it may');
  });
});

describe('What concerns a company or a kind only keeps nothing else back, and the status says where it is mended', () => {
  test.each<[string, () => Turn, string, string]>([
    [
      'remove a company from a user',
      () => ['remove-company', { user, ...first() }],
      'CX_Basecone has no access to 101',
      'Companies: Access rights',
    ],
    [
      'remove a right, seen as an empty list',
      () => ['right', { user, kind: 'journal', allowed: false, how: 'empty' }],
      'CX_Basecone may not read the journals of 2 companies (101',
      'Rights > Financial (journals)',
    ],
    [
      'remove a right, seen as 403',
      () => ['right', { user, kind: 'item', allowed: false, how: 'forbidden' }],
      'CX_Basecone may not read the items of 2 companies',
      'Rights > Stock (items)',
    ],
    [
      'app scope',
      () => ['app-scope', { scope: 'financial.accounting', level: 'none' }],
      'Syncuser itself may not read the VAT codes of 2 companies',
      'at least Read on "Financial: Accounting"',
    ],
    [
      'block a company',
      () => ['company', { ...first(), blocked: true }],
      'is blocked in Exact Online',
      'ask an administrator',
    ],
    [
      'archive a company',
      () => ['company', { ...first(), archived: true }],
      'is archived in Exact Online',
      'Nothing has to be done',
    ],
    [
      'licence of a company',
      () => ['company', { ...first(), licenceExpired: true }],
      ' licence of 101',
      'Renew the licence',
    ],
    [
      'malformed JSON',
      () => ['replies', { how: 'malformed', path: 'financial/Journals' }],
      'answered something about the journals of 2 companies',
      'Tell whoever runs Syncuser',
    ],
    [
      'repeated page',
      () => ['replies', { how: 'repeated-page', path: 'financial/Journals' }],
      'answered something about the journals of 2 companies',
      'What came in before stays',
    ],
    [
      'truncated JSON',
      () => ['replies', { how: 'truncated', path: 'financial/Journals' }],
      'answered something about the journals of 2 companies',
      'What came in before stays',
    ],
  ])('%s', async (_name, turn, what, mend) => {
    await bench.turn(...turn());
    expect((await round()).link.state).toBe('connected');
    const said = await statusNow();
    expect(said).toContain(what);
    expect(said).toContain(mend);
    expect(said).toMatch(/\d+ relations/);
    expect(said.match(/:no_entry:/g)).toHaveLength(1);
  });

  test('consent for chosen companies: one that is left out is no longer listed, and stays as it was', async () => {
    await round();
    await bench.turn('consent-companies', { user, companies: [divisions[0]] });
    await round();
    expect(await statusNow()).toContain('Exact Online no longer lists 102');
    const { rows } = await office.store.masterData.rows({
      connectionId,
      companyId: `${divisions[1]}`,
      limit: 10,
    });
    expect(rows.length).toBeGreaterThan(0);
  });
});

describe('What changes in the books comes in', () => {
  test('rename company code', async () => {
    await bench.turn('company', { ...first(), code: '901', name: 'Bakkerij Nieuw', blocked: true });
    await round();
    expect(await statusNow()).toContain('901 Bakkerij Nieuw is blocked');
  });

  test('add, change and delete rows', async () => {
    await round();
    const relations = async () => Number(/(\d+) relations/.exec(await statusNow())![1]);
    const before = await relations();
    await bench.turn('rows', { ...first(), kind: 'relation', add: 5, change: 1, delete: 2 });
    await round();
    expect(await relations()).toBe(before + 3);
  });
});

describe('Log in as another user', () => {
  test('a browser that is logged in already is asked for a name all the same where it matters', async () => {
    await bench.turn('log-in-as', { user: 'S.Jansen' });
    const page = async (forceLogin: boolean) => {
      const url = redirectSignIn(bench.system).authorisationUrl({ state: 's', redirectUri, forceLogin });
      return (await fetch(url)).text();
    };
    expect(await page(false)).not.toContain('name="password"');
    expect(await page(true)).toContain('name="password"');
  });

  test('at a reconnect it is refused, nothing is switched, and the thread says who it was', async () => {
    await bench.turn('withdraw-consent', { user });
    const { login } = await round();
    await alertNow();
    const signInId = await office.logsIn('tom', 'S.Jansen');
    const found = await office.activities.redeemSignIn({ connectionId, signInId });
    if (found.result === 'refused') throw new Error('it was refused before it was judged');
    const verdict = judgeReconnect(found, login!);
    expect(verdict).toBe('wrong-user');
    const refused = { connectionId, signInId, found, expected: login!, verdict: 'wrong-user' } as const;
    await office.activities.refuseSignIn(refused);
    await office.activities.tellRefusedLogin({ connectionId, incident: 1, signInId });
    const note = inWords(office.speaker.standing(`incident/1/login-refused/${signInId}`)!).text;
    expect(note).toContain('logged in as S.Jansen, but this connection uses CX_Basecone');
    expect((await stateNow()).login).toEqual(login);
  });
});
