import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { DeletionNotice } from '../../../domain/announcements/syncing.ts';
import { createWorkbench, type Workbench } from '../../accounting/exact-online/sandbox.ts';
import { onSqlite } from '../../database.ts';
import {
  connectionId,
  inTemporal,
  killedAtEveryStep,
  openOffice,
  type OfficeWithBooks,
} from '../office-with-books.ts';
import { withSession } from '../with-session.ts';

let bench: Workbench;
let office: OfficeWithBooks;
let division: number;
let grantId: string;
const open = onSqlite();
const user = 'CX_Basecone';
let round = 0;
beforeAll(async () => {
  bench = await createWorkbench({ companies: 2, rows: 40, minuteLimit: 100_000, dayLimit: 1_000_000 });
  [division] = (await bench.divisions()) as [number];
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.turn('reset', {});
  bench.resetClock();
  office = await openOffice(bench, open);
  ({ grantId } = await office.connected(user));
  await bringIn();
});

const kinds = ['item', 'cost-centre'] as const;
const bringIn = (more: { fullSince?: string; activities?: typeof office.activities } = {}) => {
  const { activities = office.activities, fullSince = null } = more;
  const chunk = { connectionId, round: ++round, grantId, companies: [String(division)], kinds: [...kinds] };
  return inTemporal(() => activities.syncCompanies({ ...chunk, fullSince }));
};
/** A full pass of everything, some time after the last one. */
const bringInFully = async (activities = office.activities) => {
  await bench.advance(60);
  return bringIn({ fullSince: bench.now().toISOString(), activities });
};
const rowsOf = async (kind: (typeof kinds)[number]) =>
  (await office.store.masterData.rows({ connectionId, kind, limit: 1_000 })).rows;
const tell = () => office.activities.tellDeletions({ connectionId });
const said = (question = 1) =>
  office.speaker.standing(`deletions/${connectionId}/${question}`) as DeletionNotice | undefined;

test('a full pass finds what was deleted without a word', async () => {
  const before = await rowsOf('cost-centre');
  // More than a page of them; else the next round would see it.
  await bench.turn('rows', { division, kind: 'cost-centre', add: 100 });
  await bringIn();
  await bringInFully();
  await bench.turn('rows', { division, kind: 'cost-centre', delete: 2 });
  expect(await bringIn()).toMatchObject({ rowsChanged: 0 });
  expect(await bringInFully()).toMatchObject({ rowsChanged: 2 });
  expect(await rowsOf('cost-centre')).toHaveLength(before.length + 100 - 2);
  await tell();
  expect(said()).toBeUndefined();
});

test('what fits on a page is read whole in every round, so that what was deleted shows at once', async () => {
  const before = await rowsOf('cost-centre');
  await bench.turn('rows', { division, kind: 'cost-centre', delete: 2 });
  expect(await bringIn()).toMatchObject({ rowsChanged: 2 });
  expect(await rowsOf('cost-centre')).toHaveLength(before.length - 2);
});

test('a kind that is no longer there is said, has no age, and its rows are asked about', async () => {
  const all = (activities: typeof office.activities) =>
    inTemporal(() =>
      activities.syncCompanies({ connectionId, round: ++round, grantId, companies: [String(division)] }),
    );
  const without = office.process({
    system: withSession(bench.system, (session) => ({
      kinds: async () => (await session.kinds()).filter((kind) => kind !== 'cost-centre'),
    })),
  });
  const ages = async () =>
    (await office.store.dataAges.ofConnection(connectionId)).find(({ kind }) => kind === 'cost-centre');
  const before = (await rowsOf('cost-centre')).length;
  expect(await all(without)).toMatchObject({ questions: 1, failures: 0 });
  expect(await ages()).toMatchObject({ lastSuccessAt: null, lastError: { code: 'right: module' } });
  await tell();
  expect(said()).toMatchObject({ source: 'kind', rows: before, settled: null });
  expect(await rowsOf('cost-centre')).toHaveLength(before);
  await all(without);
  expect(await office.store.deletionQuestions.get(connectionId, 2)).toBeNull();

  // It is there again, and so are its rows.
  await all(office.activities);
  expect(await ages()).toMatchObject({ lastSuccessAt: expect.any(String), lastError: null });
  await tell();
  expect(said()).toMatchObject({ settled: { how: 'came-back' } });
});

test('an interrupted full pass goes on where it was', async () => {
  await bench.turn('rows', { division, kind: 'cost-centre', add: 200 });
  await bringIn();
  await bench.turn('rows', { division, kind: 'cost-centre', delete: 3 });
  await bench.advance(60);
  const fullSince = bench.now().toISOString();
  const asked: (string | null)[] = [];
  let pages = 0;
  const dying = office.process({
    system: withSession(bench.system, (session) => ({
      read: async function* (request) {
        if (request.kind === 'cost-centre') asked.push(request.checkpoint);
        for await (const page of session.read(request)) {
          if (request.kind === 'cost-centre' && ++pages === 3) throw new Error('killed');
          yield page;
        }
      },
    })),
  });
  await expect(bringIn({ fullSince, activities: dying })).rejects.toThrow('killed');
  const live = (await rowsOf('cost-centre')).length;
  await bringIn({ fullSince, activities: dying });
  expect(asked[0]).toBeNull();
  expect(asked[1]).not.toBeNull();
  expect(await rowsOf('cost-centre')).toHaveLength(live - 3);
});

test('a page error in the middle of a full pass proves nothing', async () => {
  const before = (await rowsOf('cost-centre')).length;
  await bench.turn('rows', { division, kind: 'cost-centre', delete: 2 });
  await bench.turn('replies', { how: 'malformed', path: 'hrm/Costcenters', times: 1 });
  expect(await bringInFully()).toMatchObject({ failures: 1 });
  expect(await rowsOf('cost-centre')).toHaveLength(before);
});

test('a delete storm asks the office once, with a list, and says how it ended', async () => {
  const before = await rowsOf('item');
  await bench.turn('rows', { division, kind: 'item', delete: before.length - 2 });
  expect(await bringIn()).toMatchObject({ rowsChanged: 0, questions: 1 });
  expect(await rowsOf('item')).toHaveLength(before.length);
  await tell();
  expect(said()).toMatchObject({
    source: 'package',
    rows: before.length - 2,
    live: before.length,
    mayRead: true,
  });
  expect(said()?.list.length).toBeGreaterThan(5);
  expect(office.speaker.all).toHaveLength(1);
  expect(office.speaker.all[0]?.to).toEqual({ channel: 'C-office' });
  await tell();
  expect(office.speaker.all).toHaveLength(1);

  const answer = { connectionId, question: 1, by: 'sanne' };
  expect(await office.activities.settleDeletions({ ...answer, verdict: 'deleted' })).toEqual({
    counts: true,
  });
  // An activity may run twice; another answer comes too late.
  expect(await office.activities.settleDeletions({ ...answer, verdict: 'deleted' })).toEqual({
    counts: true,
  });
  expect(await office.activities.settleDeletions({ ...answer, verdict: 'kept', by: 'tom' })).toEqual({
    counts: false,
  });
  await tell();
  expect(said()).toMatchObject({ settled: { how: 'deleted', by: 'Sanne Jansen' }, list: [] });
  expect(await rowsOf('item')).toHaveLength(2);
});

test('an answer is kept in the history by a second attempt where the first was killed right after it was written down', async () => {
  const { length } = await rowsOf('item');
  await bench.turn('rows', { division, kind: 'item', delete: length });
  await bringIn();
  await office.store.deletionQuestions.settle(connectionId, 1, 'kept', 'sanne');
  const answer = { connectionId, question: 1, by: 'sanne', verdict: 'kept' } as const;
  for (let turn = 0; turn < 2; turn += 1)
    expect(await office.activities.settleDeletions(answer)).toEqual({ counts: true });
  const kept = (await office.store.history.ofConnection(connectionId)).filter(
    ({ what }) => what === 'rows-kept',
  );
  expect(kept).toMatchObject([{ officeUserId: 'sanne', data: { question: 1, kind: 'item', rows: length } }]);
});

test('a right that was lost in part is suspected, and settles by itself when it is given back', async () => {
  const before = await rowsOf('cost-centre');
  const blind = office.process({
    system: withSession(bench.system, (session) => ({
      rights: async ({ kinds: [kind] }) => [
        { kind: kind!, answer: 'no', evidence: 'right-check', barrier: 'user-right' },
      ],
      read: async function* (request) {
        for await (const page of session.read(request))
          yield request.kind === 'cost-centre' ? { ...page, rows: page.rows.slice(0, 1) } : page;
      },
    })),
  });
  expect(await bringInFully(blind)).toMatchObject({ questions: 1 });
  expect(await rowsOf('cost-centre')).toHaveLength(before.length);
  await tell();
  expect(said()).toMatchObject({ source: 'listing', mayRead: false, settled: null });

  expect(await bringInFully()).toMatchObject({ questions: 1 });
  await tell();
  expect(said()).toMatchObject({ settled: { how: 'came-back', by: null } });
  expect(await rowsOf('cost-centre')).toHaveLength(before.length);
});

test('the question is told whatever dies on the way', async () => {
  const { length } = await rowsOf('item');
  await bench.turn('rows', { division, kind: 'item', delete: length });
  await bringIn();
  await killedAtEveryStep(office, {
    prepare: async () => undefined,
    run: (dying) => dying.tellDeletions({ connectionId }),
    afterwards: async () => undefined,
  });
  expect(said()).toMatchObject({ rows: length });
  expect(await office.store.deletionQuestions.untold(connectionId)).toEqual([]);
});
