import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { AccountingSession, AccountingSystem } from '../../../accounting/port.ts';
import { AccountingFailure, type FailureMeaning } from '../../../accounting/failure.ts';
import { createAccountingSystems } from '../../../accounting/registry.ts';
import { createActivities } from '../../../activities/index.ts';
import { createWorkbench, type Workbench } from '../../accounting/exact-online/sandbox.ts';
import { onSqlite } from '../../database.ts';
import { eventually } from '../../until.ts';
import {
  connectionId,
  inTemporal,
  office as demoOffice,
  openOffice,
  quietEnvironment,
  type OfficeWithBooks,
  noDeliveries,
} from '../office-with-books.ts';
import { withSession } from '../with-session.ts';

let bench: Workbench;
let office: OfficeWithBooks;
let divisions: number[];
const open = onSqlite();
const user = 'CX_Basecone';
beforeAll(async () => {
  bench = await createWorkbench({ companies: 4, minuteLimit: 5_000 });
  divisions = await bench.divisions();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.turn('reset', {});
  bench.resetClock();
  office = await openOffice(bench, open);
  await office.connected(user);
});

const plan = (activities = office.activities) =>
  inTemporal(() => activities.planRound({ connectionId, round: 1 }));
const idOf = (index: number) => String(divisions[index]);
const statuses = async () =>
  Object.fromEntries(
    (await office.store.companies.all(connectionId)).map(({ externalId, status }) => [externalId, status]),
  );
const answering = (companies: AccountingSession['companies']): AccountingSystem =>
  withSession(bench.system, () => ({ companies }));
const refusing = (meaning: FailureMeaning) =>
  answering(async () => {
    throw new AccountingFailure(meaning, 'refused');
  });

describe('Planning a round', () => {
  test('takes every linked company, and the names of today', async () => {
    await bench.turn('company', { division: divisions[0], code: '901', name: 'Bakkerij Nieuw' });
    const { grantId } = (await office.store.userLinks.find(connectionId, 'tom'))!.login!;
    expect(await plan()).toEqual({
      grantId,
      companies: expect.any(Array),
      failures: 0,
      refused: 0,
      hasNews: true,
      stop: null,
      unlistedSince: null,
    });
    expect((await plan()).companies.toSorted()).toEqual([0, 1, 2, 3].map(idOf).toSorted());
    const all = await office.store.companies.all(connectionId);
    expect(all.find(({ externalId }) => externalId === idOf(0))).toMatchObject({
      code: '901',
      name: 'Bakkerij Nieuw',
      linked: true,
      status: 'reachable',
    });
  });

  test('leaves what reading found of a company as it is, and tries it again', async () => {
    const sync = (companies: string[], round: number) =>
      inTemporal(() => office.activities.syncCompanies({ connectionId, round, grantId, companies }));
    const { grantId } = await plan();
    await office.store.companies.foundStatus(connectionId, idOf(1), 'licence-expired');
    expect((await plan()).companies.toSorted()).toEqual([0, 1, 2, 3].map(idOf).toSorted());
    expect(await statuses()).toMatchObject({ [idOf(1)]: 'licence-expired', [idOf(0)]: 'reachable' });
    await sync([idOf(1)], 2);
    expect(await statuses()).toMatchObject({ [idOf(1)]: 'reachable' });
  });

  test('leaves out a company that was lost and goes on with the others', async () => {
    await bench.turn('remove-company', { user, division: divisions[1] });
    expect(await plan()).toMatchObject({ companies: [0, 2, 3].map(idOf), failures: 1, stop: null });
    expect((await statuses())[idOf(1)]).toBe('no-access');
    await bench.turn('give-company', { user, division: divisions[1] });
    expect(await plan()).toMatchObject({ failures: 0, stop: null });
    expect((await statuses())[idOf(1)]).toBe('reachable');
  });

  test('tells archived, blocked and deleted companies apart', async () => {
    await bench.turn('company', { division: divisions[0], archived: true });
    await bench.turn('company', { division: divisions[1], deleted: true });
    expect(await plan()).toMatchObject({ companies: [2, 3].map(idOf), failures: 2, stop: null });
    expect(await statuses()).toMatchObject({ [idOf(0)]: 'archived', [idOf(1)]: 'gone' });
  });

  test('says that the login reaches none of the companies when all are lost', async () => {
    for (const division of divisions) await bench.turn('remove-company', { user, division });
    expect(await plan()).toMatchObject({
      companies: [],
      stop: { kind: 'broken', cause: 'no-company-access' },
    });
    expect(new Set(Object.values(await statuses()))).toEqual(new Set(['no-access']));
  });

  test.each([
    ['withdraw-consent', {}, 'consent-withdrawn'],
    ['block-user', { on: true }, 'user-blocked'],
    ['deactivate-user', { on: true }, 'user-inactive'],
  ])('says what broke the login: %s', async (name, more, cause) => {
    const before = await statuses();
    await bench.turn(name, { user, ...more });
    expect(await plan()).toMatchObject({ companies: [], stop: { kind: 'broken', cause } });
    expect(await statuses()).toEqual(before);
  });

  test('goes on when one call is refused although the login is good', async () => {
    await bench.turn('replies', { how: 'refused-401', times: 1 });
    expect(await plan()).toMatchObject({ companies: [0, 1, 2, 3].map(idOf), failures: 0, stop: null });
  });

  test('goes on with the last list when the list alone is refused, again and again', async () => {
    await bench.turn('replies', { how: 'refused-401', path: 'Divisions' });
    for (let turn = 0; turn < 2; turn += 1)
      expect(await plan()).toMatchObject({
        ...{ companies: [0, 1, 2, 3].map(idOf), failures: 1, stop: null },
        unlistedSince: expect.any(String),
      });
  });

  test('stops in doubt when every call is refused, and blames nothing', async () => {
    const before = await statuses();
    await bench.turn('replies', { how: 'refused-401' });
    expect(await plan()).toMatchObject({ companies: [], failures: 0, stop: { kind: 'doubtful' } });
    expect(await statuses()).toEqual(before);
  });

  test.each(['status-503', 'maintenance-page'])(
    'is delayed by an outage (%s), and stores nothing wrong',
    async (how) => {
      const before = await statuses();
      await bench.turn('outage', { on: true, how });
      expect(await plan()).toMatchObject({
        companies: [],
        stop: { kind: 'delayed', reason: 'outage', until: null },
      });
      expect(await statuses()).toEqual(before);
    },
  );

  test('is done for a few connections at once; the others wait for their turn', async () => {
    let underWay = 0;
    let most = 0;
    let letThrough = () => {};
    const gate = new Promise<void>((resolve) => (letThrough = resolve));
    const slow = answering(async () => {
      most = Math.max(most, ++underWay);
      await gate;
      underWay -= 1;
      return [];
    });
    const activities = office.process({ system: slow });
    const plans = Array.from({ length: 12 }, () => plan(activities));
    await eventually(() => expect(underWay).toBe(8));
    letThrough();
    expect(await Promise.all(plans)).toHaveLength(12);
    expect(most).toBe(8);
  });

  test('waits for no package but its own', async () => {
    let letThrough = () => {};
    const gate = new Promise<void>((resolve) => (letThrough = resolve));
    let hanging = 0;
    const hangs = answering(async () => {
      hanging += 1;
      await gate;
      return [];
    });
    const works = { ...answering(async () => []), id: 'other-package' };
    const { store, speaker } = office;
    const systems = createAccountingSystems([hangs, works]);
    const activities = createActivities({
      store,
      speaker,
      deliveries: noDeliveries,
      systems,
      office: demoOffice,
      now: bench.now,
    });
    const stuck = Array.from({ length: 12 }, () => plan(activities));
    await eventually(() => expect(hanging).toBe(8));
    const id = 'other-package-1';
    await office.save({ ...(await store.connections.get(connectionId))!, id, system: works.id });
    const planned = await inTemporal(() => activities.planRound({ connectionId: id, round: 1 }));
    expect(planned).toMatchObject({ companies: [] });
    letThrough();
    await Promise.all(stuck);
  });

  test('is given up when it is cancelled', async () => {
    const waiting = withSession(bench.system, () => ({
      companies: (signal) =>
        new Promise((_, reject) => {
          const giveUp = () => reject(signal!.reason as Error);
          if (signal!.aborted)
            giveUp(); // it may have come before the call, as with fetch
          else signal!.addEventListener('abort', giveUp);
        }),
    }));
    const environment = quietEnvironment();
    environment.once('heartbeat', () => setTimeout(() => environment.cancel('CANCELLED')));
    const planned = inTemporal(
      () => office.process({ system: waiting }).planRound({ connectionId, round: 1 }),
      environment,
    );
    await expect(planned).rejects.toMatchObject({ name: 'CancelledFailure' });
  });
});

describe('A list of companies that is not to be had', () => {
  test.each<FailureMeaning>([
    { about: 'reply' },
    { about: 'right' },
    { about: 'company', status: 'no-access' },
  ])(
    'because of $about makes no company gone: the last list counts, and the failure too',
    async (meaning) => {
      const before = await statuses();
      expect(await plan(office.process({ system: refusing(meaning) }))).toMatchObject({
        companies: [0, 1, 2, 3].map(idOf),
        failures: 1,
        stop: null,
      });
      expect(await statuses()).toEqual(before);
    },
  );

  test('never says that all companies are lost', async () => {
    for (const division of divisions) await bench.turn('remove-company', { user, division });
    await plan();
    expect(await plan(office.process({ system: refusing({ about: 'reply' }) }))).toMatchObject({
      companies: [],
      stop: { kind: 'delayed', reason: 'outage' },
    });
  });

  test('because it is empty makes no company gone, but says that none is reached', async () => {
    expect(await plan(office.process({ system: answering(async () => []) }))).toMatchObject({
      companies: [],
      stop: { kind: 'broken', cause: 'no-company-access' },
    });
    expect(new Set(Object.values(await statuses()))).toEqual(new Set(['no-access']));
    expect(await plan()).toMatchObject({ failures: 0, stop: null });
  });

  test('because the login may list nothing at all shows on every company', async () => {
    const refused = refusing({ about: 'link', cause: 'no-company-access' });
    expect(await plan(office.process({ system: refused }))).toMatchObject({
      stop: { kind: 'broken', cause: 'no-company-access' },
    });
    expect(new Set(Object.values(await statuses()))).toEqual(new Set(['no-access']));
  });
});
