import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Activities } from '../../../activities/index.ts';
import type { ChunkResult } from '../../../activities/sync/rounds.ts';
import { AccountingFailure } from '../../../accounting/failure.ts';
import type { MasterDataPage } from '../../../accounting/port.ts';
import { masterDataKinds, type MasterDataKind } from '../../../domain/master-data.ts';
import { createBooks } from '@syncuser/exact-online-sandbox';
import { createWorkbench, type Workbench } from '../../accounting/exact-online/sandbox.ts';
import { onSqlite } from '../../database.ts';
import {
  connectionId,
  inTemporal,
  openOffice,
  quietEnvironment,
  type OfficeWithBooks,
} from '../office-with-books.ts';
import { withSession } from '../with-session.ts';

let bench: Workbench;
let office: OfficeWithBooks;
let divisions: number[];
let grantId: string;
const open = onSqlite();
const user = 'CX_Basecone';
const books = { companies: 12, rows: 10 };
beforeAll(async () => {
  bench = await createWorkbench({ ...books, minuteLimit: 100_000, dayLimit: 1_000_000 });
  divisions = await bench.divisions();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.turn('reset', {});
  bench.resetClock();
  office = await openOffice(bench, open);
  ({ grantId } = await office.connected(user));
});

const idOf = (index: number) => String(divisions[index]);
const all = () => divisions.map(String);
const bringIn = (
  companies: string[],
  { activities = office.activities, round = 1, environment = quietEnvironment() } = {},
) => inTemporal(() => activities.syncCompanies({ connectionId, round, grantId, companies }), environment);

/** What is stored, as far as it is the package's: not when it came. */
async function rowsOf(companyId: string, kind: MasterDataKind, connection = connectionId) {
  const { rows } = await office.store.masterData.rows({
    connectionId: connection,
    companyId,
    kind,
    limit: 10_000,
  });
  return rows
    .map(({ externalId, code, name, active, details }) => ({ externalId, code, name, active, details }))
    .toSorted((a, b) => (a.externalId < b.externalId ? -1 : 1));
}
async function everything(companyId: string, connection = connectionId) {
  const stored: Record<string, unknown> = {};
  for (const kind of masterDataKinds) stored[kind] = await rowsOf(companyId, kind, connection);
  return stored;
}
/** The same company, brought in at once over another connection. */
async function undisturbed(companyId: string) {
  const { login, companies } = (await office.store.connections.get(connectionId))!;
  await office.save({ id: 'c2', name: 'Second', login, companies });
  const listed = await office.store.companies.all(connectionId);
  await office.store.companies.recordListing('c2', listed, { complete: true });
  const chunk = { connectionId: 'c2', round: 1, grantId, companies: [companyId] };
  await inTemporal(() => office.activities.syncCompanies(chunk));
  return everything(companyId, 'c2');
}
const unlessKilled = (error: unknown) => {
  if (String(error).includes('killed')) return null;
  throw error;
};
const positionOf = (companyId: string, kind: MasterDataKind) =>
  office.store.syncPositions.get({ connectionId, companyId, kind });
const errorsOf = async () =>
  (await office.store.syncPositions.summary(connectionId)).errors.map(
    ({ companyId, kind, error }) => [companyId, kind, error.code] as const,
  );
/** The number of rows that the pages of one round brought, seen in the table itself. */
const storedRows = async () => {
  const { rows } = await office.store.masterData.rows({ connectionId, limit: 100_000 });
  return rows.length;
};
const bringsInTheRest = async (companies: string[], refused: [string, MasterDataKind][]) => {
  for (const companyId of companies)
    for (const kind of masterDataKinds)
      if (!refused.some(([company, other]) => company === companyId && other === kind))
        expect(await positionOf(companyId, kind)).toMatchObject({ syncedRound: 1, lastError: null });
};

/** Activities whose reads of the package can be listened to. */
function listening() {
  const asked: string[] = [];
  const system = withSession(bench.system, (session) => ({
    read: (request) => {
      asked.push(`${request.company.externalId}/${request.kind}`);
      return session.read(request);
    },
  }));
  return { asked, activities: office.process({ system }) };
}

/** A store that dies when the n-th page comes, before it is stored. */
function dyingAtPage(n: number): Activities {
  let pages = 0;
  const { masterData } = office.store;
  const storePage: typeof masterData.storePage = (request) => {
    pages += 1;
    return pages === n ? Promise.reject(new Error('killed')) : masterData.storePage(request);
  };
  return office.process({ store: { ...office.store, masterData: { ...masterData, storePage } } });
}

describe('Bringing in companies', () => {
  test('tells of the bank account of a supplier that it changed, and keeps its number nowhere', async () => {
    await bringIn([idOf(0)]);
    const since = new Date().toISOString();
    const news = () =>
      office.store.masterData.news({ connectionId, since, timeZone: 'UTC', mostOfEach: books.rows });
    expect((await news()).ofCompanies).toEqual([]);
    await bench.turn('rows', { division: divisions[0], kind: 'bank-account', change: books.rows });
    await bringIn([idOf(0)], { round: 2 });

    const suppliers = (await rowsOf(idOf(0), 'relation')).filter(
      ({ active, details }) => active && 'isSupplier' in details && details.isSupplier,
    );
    const { ofCompanies } = await news();
    const told = ofCompanies
      .flatMap(({ subjects }) => subjects)
      .map(({ subject, changed, first }) => ({
        ...{ subject, changed },
        codes: first.map(({ code }) => code),
        how: new Set(first.flatMap(({ differences }) => differences.map(({ fact }) => fact))),
      }));
    expect(told).toEqual([
      {
        subject: 'account-of-supplier',
        changed: suppliers.length,
        codes: suppliers.map(({ code }) => code).toSorted(),
        how: new Set(['number']),
      },
    ]);
    const { rows } = await office.store.masterData.rows({ connectionId, kind: 'bank-account' });
    expect(rows).toHaveLength(books.rows);
    expect(rows.every(({ previous }) => previous !== null)).toBe(true);
    expect(JSON.stringify([rows, ofCompanies])).not.toMatch(/DEMO/);
  });

  test('makes all ten kinds of twelve companies equal to the books', async () => {
    const { rowsChanged, ...rest } = await bringIn(all());
    expect(rest).toEqual({
      read: 12 * masterDataKinds.length,
      failures: 0,
      refused: 0,
      stop: null,
      postponed: null,
    });
    const original = createBooks({ seed: 1, ...books, changes: () => [] });
    let rows = 0;
    for (const division of divisions)
      for (const kind of masterDataKinds) {
        const expected = original.rows(division, kind).map((row) => ({
          externalId: row.ID,
          name: String(row['Name'] ?? row['AccountName'] ?? row['Description']).trim(),
        }));
        const stored = await rowsOf(String(division), kind);
        expect(stored.map(({ externalId, name }) => ({ externalId, name }))).toEqual(
          expected.toSorted((a, b) => (a.externalId < b.externalId ? -1 : 1)),
        );
        expect(stored.length).toBeGreaterThan(0);
        rows += stored.length;
      }
    expect(rowsChanged).toBe(rows);
  });

  test('a second time in the same round asks nothing more and tells the same', async () => {
    const first = await bringIn(all());
    const { asked, activities } = listening();
    expect(await bringIn(all(), { activities })).toEqual(first);
    expect(asked).toEqual([]);
  });

  test('in the next round counts only what changed', async () => {
    await bringIn([idOf(0)]);
    await bench.turn('rows', { division: divisions[0], kind: 'relation', change: 2 });
    await bench.turn('rows', { division: divisions[0], kind: 'project', add: 3 });
    await bench.turn('rows', { division: divisions[0], kind: 'item', delete: 1 });
    expect(await bringIn([idOf(0)], { round: 2 })).toEqual({
      rowsChanged: 6,
      read: masterDataKinds.length,
      failures: 0,
      refused: 0,
      stop: null,
      postponed: null,
    });
    expect(await bringIn([idOf(0)], { round: 3 })).toEqual({
      rowsChanged: 0,
      read: masterDataKinds.length,
      failures: 0,
      refused: 0,
      stop: null,
      postponed: null,
    });
  });

  test('is the same whatever the order of the pages and rows is, and however often they come', async () => {
    const [division] = divisions;
    for (const kind of ['cost-centre', 'journal']) await bench.turn('rows', { division, kind, add: 200 }); // pages of 60
    const shuffling = office.process({
      system: withSession(bench.system, (session) => ({
        read: async function* (request) {
          const pages: MasterDataPage[] = [];
          for await (const page of session.read(request)) pages.push(page);
          const rows = pages.flatMap((page) => page.rows.toReversed()).toReversed();
          const size = Math.ceil(rows.length / pages.length);
          // Each page holds what another one should, and the rows of the one before once more.
          for (const [index, page] of pages.entries())
            yield { ...page, rows: rows.slice(Math.max(0, (index - 1) * size), (index + 1) * size) };
        },
      })),
    });
    await bringIn([idOf(0)], { activities: shuffling });
    await bench.turn('rows', { division, kind: 'journal', change: 130 });
    await bench.advance(8 * 24 * 60 * 60); // a full pass of everything is due
    await bringIn([idOf(0)], { activities: shuffling, round: 2 });
    expect(await everything(idOf(0))).toEqual(await undisturbed(idOf(0)));
  });

  test('goes on beside somebody who wants everything of a kind anew in the middle of it', async () => {
    const [division] = divisions;
    await bench.turn('rows', { division, kind: 'journal', add: 200 });
    await bringIn([idOf(0)]);
    await bench.turn('rows', { division, kind: 'journal', change: 130, delete: 2 });
    await bench.advance(60);
    const fullSince = bench.now().toISOString();
    const asked = {
      connectionId,
      round: 3,
      grantId,
      companies: [idOf(0)],
      kinds: ['journal' as const],
      fullSince,
    };
    const requested: ChunkResult[] = [];
    const interrupted = office.process({
      system: withSession(bench.system, (session) => ({
        read: async function* (request) {
          for await (const page of session.read(request)) {
            yield page;
            if (request.kind === 'journal' && requested.length === 0)
              requested.push(await inTemporal(() => office.activities.syncCompanies(asked)));
          }
        },
      })),
    });
    expect(await bringIn([idOf(0)], { activities: interrupted, round: 2 })).toMatchObject({ failures: 0 });
    expect(requested).toMatchObject([{ failures: 0, stop: null }]);
    expect(await positionOf(idOf(0), 'journal')).toMatchObject({ fullPass: { running: false } });
    expect((await positionOf(idOf(0), 'journal'))!.fullPass!.beganAt >= fullSince).toBe(true);
    expect(await everything(idOf(0))).toEqual(await undisturbed(idOf(0)));
  });

  test('tells Temporal all the while that it is alive, and where it is', async () => {
    const environment = quietEnvironment();
    const places: unknown[] = [];
    environment.on('heartbeat', (place) => places.push(place));
    await bringIn([idOf(0)], { environment });
    for (const kind of masterDataKinds) expect(places).toContainEqual({ companyId: idOf(0), kind });
  });
});

describe('A synchronisation that is killed', () => {
  test('at any page of a company leaves nothing wrong: resumed, it has the same rows and counts', async () => {
    const company = idOf(0);
    for (const kind of ['vat-code', 'journal'])
      await bench.turn('rows', { division: divisions[0], kind, add: 130 }); // pages of 60
    // So many that one that goes in every round is never too much.
    await bench.turn('rows', { division: divisions[0], kind: 'relation', add: 200 });
    await bringIn([company]);
    let pages = 0;
    for (let died = true; died && pages < 40;) {
      pages += 1;
      const round = pages + 1;
      await bench.turn('rows', { division: divisions[0], kind: 'journal', change: 70 });
      await bench.turn('rows', { division: divisions[0], kind: 'item', change: 3 });
      await bench.turn('rows', { division: divisions[0], kind: 'relation', delete: 1 });
      died =
        (await bringIn([company], { activities: dyingAtPage(pages), round }).catch(unlessKilled)) === null;
      expect(await bringIn([company], { round })).toEqual({
        rowsChanged: 74,
        read: masterDataKinds.length,
        failures: 0,
        refused: 0,
        stop: null,
        postponed: null,
      });
    }
    expect(pages).toBeGreaterThan(13);
    const stored = await everything(company);
    expect(stored).toEqual(await undisturbed(company));
  });

  test('over and over, every two pages of twelve companies ends like one that nobody disturbed', async () => {
    const expected = createBooks({ seed: 1, ...books, changes: () => [] });
    let attempts = 0;
    let done: ChunkResult | null = null;
    while (!done && attempts < 300) {
      attempts += 1;
      // Two at a time, for a feed of one page of rows always has one of deletions behind it.
      done = await bringIn(all(), { activities: dyingAtPage(3) }).catch(unlessKilled);
    }
    expect(done).toEqual({
      rowsChanged: await storedRows(),
      read: 12 * masterDataKinds.length,
      failures: 0,
      refused: 0,
      stop: null,
      postponed: null,
    });
    expect(attempts).toBeGreaterThan(50);
    for (const division of divisions)
      for (const kind of masterDataKinds)
        expect((await rowsOf(String(division), kind)).map(({ externalId }) => externalId)).toEqual(
          expected
            .rows(division, kind)
            .map(({ ID }) => ID)
            .toSorted(),
        );
  });

  test('by a cancellation stops where it is and notes no failure', async () => {
    const environment = quietEnvironment();
    environment.on('heartbeat', (place: { kind?: string } | null) => {
      if (place?.kind === 'journal') environment.cancel('CANCELLED');
    });
    await expect(bringIn(all(), { environment })).rejects.toMatchObject({ name: 'CancelledFailure' });
    expect(await positionOf(idOf(0), 'relation')).toMatchObject({ syncedRound: 1 });
    expect(await positionOf(idOf(0), 'project')).toBeNull();
    expect(await errorsOf()).toEqual([]);

    expect(await bringIn(all())).toEqual({
      rowsChanged: await storedRows(),
      read: 12 * masterDataKinds.length,
      failures: 0,
      refused: 0,
      stop: null,
      postponed: null,
    });
    await bringsInTheRest(all(), []);
  });
});

describe('A failure in the middle', () => {
  const three = () => [0, 1, 2].map(idOf);

  test.each(['empty', 'forbidden'])('of a right (%s) is noted and stops nothing else', async (how) => {
    await bench.turn('right', { user, division: divisions[1], kind: 'relation', allowed: false, how });
    expect(await bringIn(three())).toMatchObject({ failures: 1, stop: null });
    expect(await errorsOf()).toEqual([[idOf(1), 'relation', 'right: user-right']]);
    await bringsInTheRest(three(), [[idOf(1), 'relation']]);
    expect(await positionOf(idOf(1), 'relation')).toMatchObject({ syncedRound: 0, lastSuccessAt: null });
  });

  test('of a company shows on all its kinds, is asked once, and stops no other company', async () => {
    await bench.turn('company', { division: divisions[1], blocked: true });
    const { asked, activities } = listening();
    expect(await bringIn(three(), { activities })).toMatchObject({ failures: 1, stop: null });
    expect(await errorsOf()).toEqual(masterDataKinds.map((kind) => [idOf(1), kind, 'company: blocked']));
    expect(asked.filter((place) => place.startsWith(idOf(1)))).toEqual([`${idOf(1)}/gl-account`]);
    await bringsInTheRest([idOf(0), idOf(2)], []);
    const stored = await office.store.companies.linked(connectionId);
    expect(stored.find(({ externalId }) => externalId === idOf(1))).toMatchObject({ status: 'blocked' });
  });

  test('of the login stops at once, says the cause, and blames no company', async () => {
    const dying = office.process({
      system: withSession(bench.system, (session) => ({
        read: async function* (request) {
          if (request.company.externalId === idOf(1)) await bench.turn('withdraw-consent', { user });
          yield* session.read(request);
        },
      })),
    });
    expect(await bringIn(three(), { activities: dying })).toMatchObject({
      failures: 0,
      stop: { kind: 'broken', cause: 'consent-withdrawn' },
    });
    expect(await errorsOf()).toEqual([]);
    await bringsInTheRest([idOf(0)], []);
    expect(await positionOf(idOf(2), 'gl-account')).toBeNull();
    expect(await office.store.grants.has(grantId)).toBe(true);
  });

  test('of a single call that is refused although the login is good is done once more', async () => {
    await bench.turn('replies', { how: 'refused-401', path: 'vat/VATCodes', times: 1 });
    expect(await bringIn(three())).toMatchObject({ failures: 0, stop: null });
    await bringsInTheRest(three(), []);
  });

  test('of a list that is refused again and again is its own, and the others go on', async () => {
    await bench.turn('replies', { how: 'refused-401', path: `${idOf(1)}/vat/VATCodes` });
    expect(await bringIn(three())).toMatchObject({ failures: 1, stop: null });
    expect(await errorsOf()).toEqual([[idOf(1), 'vat-code', 'reply']]);
    await bringsInTheRest(three(), [[idOf(1), 'vat-code']]);
  });

  test('of every call of a login that is not known to be broken stops in doubt, and blames no company', async () => {
    await bench.turn('replies', { how: 'refused-401' });
    expect(await bringIn(three())).toMatchObject({ failures: 0, stop: { kind: 'doubtful' } });
    expect(await errorsOf()).toEqual([]);
  });

  test('for too many calls of a company waits until the moment the package names, and the others go on', async () => {
    const limited = office.process({
      system: withSession(bench.system, (session) => ({
        read: async function* (request) {
          if (request.company.externalId === idOf(1)) await bench.turn('rate-limit', { on: true });
          yield* session.read(request);
        },
      })),
    });
    const { stop, failures, postponed } = await bringIn(three(), { activities: limited });
    expect({ stop, failures }).toEqual({ stop: null, failures: 2 });
    const until = Date.parse(postponed ?? '');
    expect(until % 60_000).toBe(0);
    expect(until).toBeGreaterThan(bench.now().getTime() - 60_000);
    const noted = (await errorsOf()).map(([company, , code]) => [company, code]);
    expect(noted).toEqual(
      [idOf(1), idOf(2)].flatMap((id) => masterDataKinds.map(() => [id, 'delay: rate-limit'])),
    );
    await bringsInTheRest([idOf(0)], []);

    await bench.turn('rate-limit', { on: false });
    expect(await bringIn(three())).toEqual({
      rowsChanged: await storedRows(),
      read: 3 * masterDataKinds.length,
      failures: 0,
      refused: 0,
      stop: null,
      postponed: null,
    });
  });

  test('of an answer nobody understands is noted after the pages before it, and is no success', async () => {
    const garbled = office.process({
      system: withSession(bench.system, (session) => ({
        read: async function* (request) {
          for await (const page of session.read(request)) {
            yield page;
            if (request.kind === 'vat-code' && request.company.externalId === idOf(1))
              throw new AccountingFailure({ about: 'reply' }, 'vat/VATCodes: not what was promised');
          }
        },
      })),
    });
    expect(await bringIn(three(), { activities: garbled })).toMatchObject({ failures: 1, stop: null });
    expect(await errorsOf()).toEqual([[idOf(1), 'vat-code', 'reply']]);
    expect(await positionOf(idOf(1), 'vat-code')).toMatchObject({
      syncedRound: 0,
      lastSuccessAt: null,
      lastError: { text: 'vat/VATCodes: not what was promised' },
    });
    expect((await rowsOf(idOf(1), 'vat-code')).length).toBeGreaterThan(0);
    await bringsInTheRest(three(), [[idOf(1), 'vat-code']]);
  });

  test('of every reply is a round that ended and read nothing', async () => {
    const garbled = office.process({
      system: withSession(bench.system, () => ({
        read: async function* () {
          throw new AccountingFailure({ about: 'reply' }, 'not what was promised');
        },
      })),
    });
    const done = await bringIn(three(), { activities: garbled });
    expect(done).toMatchObject({ read: 0, failures: 3 * masterDataKinds.length, stop: null });
  });

  test('that was mended is forgotten in the next attempt of the same round', async () => {
    await bench.turn('right', { user, division: divisions[0], kind: 'item', allowed: false });
    await bringIn([idOf(0)]);
    await bench.turn('right', { user, division: divisions[0], kind: 'item', allowed: true });
    expect(await bringIn([idOf(0)])).toMatchObject({ failures: 0, stop: null, postponed: null });
    expect(await errorsOf()).toEqual([]);
  });

  test('of the list of kinds is a delay, for there is nothing to ask then', async () => {
    const blind = office.process({
      system: withSession(bench.system, () => ({
        kinds: async () => {
          throw new AccountingFailure({ about: 'reply' }, 'what?');
        },
      })),
    });
    expect(await bringIn(three(), { activities: blind })).toEqual({
      rowsChanged: 0,
      read: 0,
      failures: 0,
      refused: 0,
      stop: { kind: 'delayed', reason: 'outage', until: null },
      postponed: null,
    });
  });

  test('of our own store is no failure of the package: the activity fails and is tried again', async () => {
    await expect(bringIn(three(), { activities: dyingAtPage(3) })).rejects.toThrow('killed');
    expect(await errorsOf()).toEqual([]);
  });
});
