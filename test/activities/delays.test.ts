import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Health } from '../../domain/connection.ts';
import { createWorkbench, type Workbench } from '../accounting/exact-online/sandbox.ts';
import { onSqlite } from '../database.ts';
import { openOffice, type OfficeWithBooks } from './office-with-books.ts';

let bench: Workbench;
let office: OfficeWithBooks;
const open = onSqlite();
beforeAll(async () => {
  bench = await createWorkbench({ companies: 1 });
});
afterAll(() => bench.close());
beforeEach(async () => {
  office = await openOffice(bench, open);
});

const many = Array.from({ length: 40 }, (_, index) => `c${index}`);
const since = '2026-11-23T10:00:00.000Z';
const down: Extract<Health, { state: 'delayed' }> = {
  state: 'delayed',
  reason: 'outage',
  since,
  until: null,
};
const tellAll = (lasts: boolean) =>
  Promise.all(many.map((connectionId) => office.activities.tellDelay({ connectionId, lasts })));

test('a package that is down for forty connections is one message, edited when it is over for all', async () => {
  for (const id of many) await office.save({ id, name: id, health: down });
  await tellAll(true);
  expect(office.speaker.keys()).toEqual(['notice/1']);
  expect(office.speaker.all[0]).toMatchObject({
    to: { channel: 'C-office' },
    announcement: { what: 'delay', reason: 'outage', since, endedAt: null },
  });

  await office.save({ id: 'c0', health: { state: 'ok' } });
  await office.activities.tellDelay({ connectionId: 'c0', lasts: false });
  expect(office.speaker.standing('notice/1')).toMatchObject({ endedAt: null });
  for (const id of many) await office.save({ id, health: { state: 'ok' } });
  await tellAll(false);
  expect(office.speaker.standing('notice/1')).toMatchObject({ endedAt: expect.any(String) });
  expect(office.speaker.keys()).toEqual(['notice/1']);
});

test('one that comes and goes is the same message; a paused connection does not wait', async () => {
  const tell = async (health: Health, pausedBy: string | null = null) => {
    await office.save({ id: 'c0', health, pausedBy });
    await office.activities.tellDelay({ connectionId: 'c0', lasts: health.state === 'delayed' });
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
