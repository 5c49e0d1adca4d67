import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { promise } from '../../../domain/sync/freshness.ts';
import { hoursSchema } from '../../../domain/offices/working-hours.ts';
import type { ConnectionState, Health } from '../../../domain/connection.ts';
import { createWorkbench, type Workbench } from '../../accounting/exact-online/sandbox.ts';
import { onSqlite } from '../../database.ts';
import type { Speaker } from '../../../domain/deliveries.ts';
import type { ActivityDeps } from '../../../activities/deps.ts';
import { createActivities } from '../../../activities/index.ts';
import { createAccountingSystems } from '../../../accounting/registry.ts';
import {
  inTemporal,
  connectionId,
  office as demoOffice,
  openOffice,
  type OfficeWithBooks,
  noDeliveries,
} from '../office-with-books.ts';

let bench: Workbench;
let office: OfficeWithBooks;
const open = onSqlite();
beforeAll(async () => {
  bench = await createWorkbench({ companies: 1 });
});
afterAll(() => bench.close());
beforeEach(async () => {
  bench.resetClock();
  office = await openOffice(bench, open);
});

/** At work when most offices are. */
const officeByDay = { ...demoOffice, hours: hoursSchema.parse({}) };
const many = Array.from({ length: 40 }, (_, index) => `c${index}`);
const since = '2026-11-23T10:00:00.000Z';
const down: Extract<Health, { state: 'delayed' }> = {
  state: 'delayed',
  reason: 'outage',
  since,
  until: null,
};
const tellAll = (lasts: boolean) =>
  Promise.all(many.map((connectionId) => office.activities.tellDelay({ connectionId, lasts, since })));

test('a package that is down for forty connections is one message, edited when it is over for all', async () => {
  for (const id of many) await office.save({ id, name: id, health: down });
  await tellAll(true);
  expect(office.speaker.keys()).toEqual(['notice/1']);
  expect(office.speaker.all[0]).toMatchObject({
    to: { channel: 'C-office' },
    announcement: { what: 'delay', reason: 'outage', since, endedAt: null },
  });

  await office.save({ id: 'c0', health: { state: 'ok' } });
  await office.activities.tellDelay({ connectionId: 'c0', lasts: false, since });
  expect(office.speaker.standing('notice/1')).toMatchObject({ endedAt: null });
  for (const id of many) await office.save({ id, health: { state: 'ok' } });
  await tellAll(false);
  expect(office.speaker.standing('notice/1')).toMatchObject({ endedAt: expect.any(String) });
  expect(office.speaker.keys()).toEqual(['notice/1']);
});

describe('What changed while it was down', () => {
  const longAgo = '2020-01-01T00:00:00.000Z';
  const begin = (health: Extract<Health, { state: 'delayed' }>, id = connectionId) =>
    office
      .save({ id, health })
      .then(() => office.activities.tellDelay({ connectionId: id, lasts: true, since: health.since }));
  const end = async (since: string, changes: Partial<ConnectionState> = {}, id = connectionId) => {
    await office.save({ id, health: { state: 'ok' }, ...changes });
    await office.activities.tellDelay({ connectionId: id, lasts: false, since });
  };
  const news = () => office.speaker.keys().filter((key) => key.includes('/news/'));
  beforeEach(async () => {
    await office.connected();
    const [company] = await office.store.companies.linked(connectionId);
    const row = { externalId: '1', code: '5', name: 'Btw', active: true, details: {}, modifiedAt: null };
    const key = { connectionId, companyId: company!.externalId, kind: 'vat-code' } as const;
    await office.store.syncPositions.recordSuccess(key, 1);
    await bench.advance(1); // what comes later is no first time
    await office.store.masterData.storePage({
      ...{ ...key, from: null, round: 2 },
      page: { rows: [row], deleted: [], checkpoint: 'one' },
    });
  });

  test('stands in its thread, once a round has been through', async () => {
    await begin({ ...down, since: longAgo });
    for (let turn = 0; turn < 2; turn += 1) await end(longAgo);
    expect(office.speaker.keys()).toEqual(['notice/1', `notice/1/news/${connectionId}`]);
    expect(office.speaker.all.at(-1)).toMatchObject({
      inThreadOf: 'notice/1',
      announcement: { what: 'delay-news', news: [{ subjects: [{ subject: 'vat-code', new: 1 }] }] },
    });
  });

  test('stands in the thread of the delay the connection waited in, and not of a newer one', async () => {
    await begin({ ...down, reason: 'rate-limit', since: longAgo });
    await begin(down, 'other');
    await end(longAgo);
    expect(news()).toEqual([`notice/1/news/${connectionId}`]);
  });

  test('stands there also when another delay began before it could be said', async () => {
    await begin({ ...down, since: longAgo });
    await office.save({ health: { state: 'ok' } });
    await end(longAgo, {}, 'other'); // its end is said for both
    await bench.advance(48 * 3_600);
    await begin({ ...down, since: bench.now().toISOString() }, 'other');
    expect(office.speaker.keys()).toEqual(['notice/1', 'notice/2']);
    await end(longAgo);
    expect(news()).toEqual([`notice/1/news/${connectionId}`]);
  });

  test('is not told in a delay that was over before this connection waited, nor of one that is paused', async () => {
    await begin({ ...down, since: longAgo });
    await end(longAgo, { pausedBy: 'sanne' });
    expect(news()).toEqual([]);
    await end(new Date(bench.now().getTime() + 60_000).toISOString(), { pausedBy: null });
    expect(news()).toEqual([]);
  });
});

describe('A delay that could not be told in time', () => {
  const slackIsDown: Speaker = { say: () => Promise.reject(new Error('Slack is down')) };
  const tell = (lasts: boolean, speaker?: Speaker) =>
    office.process({ ...(speaker && { speaker }) }).tellDelay({ connectionId: 'c0', lasts, since });

  test('and is over by then is not told at all, nor that it is over', async () => {
    await office.save({ id: 'c0', health: down });
    await expect(tell(true, slackIsDown)).rejects.toThrow('Slack is down');
    await office.save({ id: 'c0', health: { state: 'ok' } });
    for (const lasts of [true, false]) await tell(lasts);
    expect(office.speaker.all).toEqual([]);
    expect(await office.store.notices.open()).toEqual([]);
  });

  test('does not bring back one of long ago', async () => {
    await office.save({ id: 'c0', health: { ...down, since: '2020-01-01T00:00:00.000Z' } });
    await tell(true);
    await office.save({ id: 'c0', health: { state: 'ok' } });
    await tell(false);
    const said = office.speaker.all.length;
    for (const lasts of [true, false]) await tell(lasts);
    expect(office.speaker.all).toHaveLength(said);
  });

  test('that it is over is said once Slack is back', async () => {
    await office.save({ id: 'c0', health: down });
    await tell(true);
    await office.save({ id: 'c0', health: { state: 'ok' } });
    await expect(tell(false, slackIsDown)).rejects.toThrow('Slack is down');
    expect(office.speaker.standing('notice/1')).toMatchObject({ endedAt: null });
    await tell(false);
    expect(office.speaker.standing('notice/1')).toMatchObject({ endedAt: expect.any(String) });
  });
});

test('one that comes and goes is the same message; a paused connection does not wait', async () => {
  const tell = async (health: Health, pausedBy: string | null = null) => {
    await office.save({ id: 'c0', health, pausedBy });
    await office.activities.tellDelay({ connectionId: 'c0', lasts: health.state === 'delayed', since });
  };
  await tell(down, 'sanne');
  expect(office.speaker.all).toEqual([]);
  const again = { ...down, since: new Date(bench.now().getTime() + 60_000).toISOString() };
  await tell(down);
  await tell({ state: 'ok' });
  await tell(again);
  expect(office.speaker.keys()).toEqual(['notice/1']);
  expect(office.speaker.standing('notice/1')).toMatchObject({ endedAt: null, since });
});

test('the morning digest says once what is stale and what waits, on working mornings only', async () => {
  const at = (moment: string) => createActivities({ ...deps(), now: () => new Date(moment) });
  const stale = {
    company: { id: '1', code: '101', name: 'A' },
    ...{ lastAttemptAt: null, lastError: null },
    kind: 'journal',
    rows: 1,
    error: null,
  } as const;
  const dataAges = {
    ofConnection: async (id: string) => (id === 'old' ? [{ ...stale, lastSuccessAt: since }] : []),
  };
  const deps = () => ({
    store: { ...office.store, dataAges },
    freshness: promise(3_600_000),
    speaker: office.speaker,
    deliveries: noDeliveries,
    office: officeByDay,
    systems: createAccountingSystems([bench.system]),
  });
  const thursday = '2026-11-26T07:30:00.000Z';
  await office.save({ id: 'fine', name: 'Fine', lastSuccessAt: thursday });
  await at(thursday).tellDigest();
  expect(office.speaker.all).toEqual([]);
  await office.save({ id: 'old', name: 'Old', lastSuccessAt: since });
  await office.save({ id: 'paused', name: 'Paused', pausedBy: 'sanne' });
  await at('2026-11-28T07:30:00.000Z').tellDigest(); // a Saturday
  expect(office.speaker.all).toEqual([]);
  for (let turn = 0; turn < 2; turn += 1) await at(thursday).tellDigest();
  expect(office.speaker.keys()).toEqual(['digest/2026-11-26']);
  expect(office.speaker.standing('digest/2026-11-26')).toMatchObject({
    lines: [
      { about: 'stale', name: 'Old', since: new Date(Date.parse(since) + 3_600_000).toISOString() },
      { about: 'paused', name: 'Paused', who: 'Sanne Jansen' },
    ],
  });
});

test('the first digest of a month says how the incidents of the month before were', async () => {
  const at = (moment: string) =>
    createActivities({
      store: office.store,
      speaker: office.speaker,
      deliveries: noDeliveries,
      office: officeByDay,
      systems: createAccountingSystems([bench.system]),
      now: () => new Date(moment),
    });
  const { incidents } = office.store;
  const number = await incidents.open('c1', 'user-blocked', '2026-10-05T08:05:00.000Z', {
    lastGoodAt: '2026-10-05T08:00:00.000Z',
  });
  await incidents.close(number, { at: '2026-10-05T08:35:00.000Z', by: 'tom', how: 'reconnected' });
  await at('2026-11-02T07:30:00.000Z').tellDigest(); // a Monday
  await at('2026-11-03T07:30:00.000Z').tellDigest();
  expect(office.speaker.keys()).toEqual(['digest/2026-11-02']);
  expect(office.speaker.standing('digest/2026-11-02')).toMatchObject({
    lines: [],
    lastMonth: { month: '2026-10', figures: { count: 1, open: 0, reconnect: { median: 1_800_000 } } },
  });
});

const auditWith = (deps: Partial<ActivityDeps>) =>
  createActivities({
    store: office.store,
    speaker: office.speaker,
    deliveries: noDeliveries,
    office: demoOffice,
    systems: createAccountingSystems([bench.system]),
    now: bench.now,
    ...deps,
  }).audit();

test('a connection whose workflow has ended is told once, until one runs again', async () => {
  await office.save({ id: 'lost', name: 'Lost' });
  const running = new Set<string>();
  const audit = () => auditWith({ endOf: async (id) => (running.has(id) ? null : { result: null }) });
  for (let turn = 0; turn < 2; turn += 1) await audit();
  expect(office.speaker.standing('notice/1')).toMatchObject({ what: 'stuck', why: 'gone', endedAt: null });
  running.add('connection/lost');
  await audit();
  expect(office.speaker.keys()).toEqual(['notice/1']);
  expect(office.speaker.standing('notice/1')).toMatchObject({ why: 'gone', endedAt: expect.any(String) });
});

test('a connection of which a workflow cannot go on is told once, until it goes on', async () => {
  await office.save({ id: 'broken', name: 'Broken' });
  let still: string[] | Error = ['broken', 'others'];
  const truths = {
    ids: async () => [],
    of: async () => null,
    standingStill: async () => {
      if (still instanceof Error) throw still;
      return still;
    },
  };
  const audit = () => inTemporal(() => auditWith({ truths }));
  for (let turn = 0; turn < 2; turn += 1) await audit();
  expect(office.speaker.standing('notice/1')).toMatchObject({ why: 'cannot-go-on', endedAt: null });
  still = new Error('an older Temporal');
  await audit();
  expect(office.speaker.standing('notice/1')).toMatchObject({ endedAt: null });
  still = [];
  await audit();
  expect(office.speaker.keys()).toEqual(['notice/1']);
  expect(office.speaker.standing('notice/1')).toMatchObject({ endedAt: expect.any(String) });
});

test('that a connection moves again is said by the next audit when Slack was down', async () => {
  const late = { id: 'late', name: 'Late', nextSyncAt: since, syncingSince: null };
  await office.save(late);
  await office.activities.audit();
  await office.save({ ...late, nextSyncAt: new Date(bench.now().getTime() + 60_000).toISOString() });
  const silent = office.process({ speaker: { say: () => Promise.reject(new Error('Slack is down')) } });
  await expect(silent.audit()).rejects.toThrow();
  await office.activities.audit();
  expect(office.speaker.standing('notice/1')).toMatchObject({ what: 'stuck', endedAt: expect.any(String) });
});

test('a connection that stands still is told once, and edited when it moves again', async () => {
  const late = { id: 'late', name: 'Late', nextSyncAt: since, syncingSince: null };
  await office.save(late);
  for (let turn = 0; turn < 3; turn += 1) await office.activities.audit();
  expect(office.speaker.keys()).toEqual(['notice/1']);
  await office.save({ ...late, nextSyncAt: new Date(bench.now().getTime() + 60_000).toISOString() });
  await office.activities.audit();
  await office.activities.audit();
  expect(office.speaker.standing('notice/1')).toMatchObject({ what: 'stuck', endedAt: expect.any(String) });
  expect(office.speaker.all).toHaveLength(4);
});
