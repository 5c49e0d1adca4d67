import { expect, test } from '@jest/globals';
import type { MasterDataPage } from '../../../../accounting/port.ts';
import { onBothDatabases, type Open } from '../../../database.ts';
import type { StoreOptions } from '../../../../store/index.ts';
import { handClock, openStore, storeNext } from '../../store.ts';

const key = { connectionId: 'c1', companyId: 'a', kind: 'item' } as const;
const first = { begins: true, ends: false, proof: null };
const middle = { begins: false, ends: false, proof: null };
const last = { begins: false, ends: true, proof: 'no next page' };
const only = { begins: true, ends: true, proof: 'no next page' };
const unproven = { begins: true, ends: true, proof: null };
let checkpoints = 0;
let round = 1;

async function withRows(open: Open, rows: number, options: Partial<StoreOptions> = {}) {
  const store = await openStore(open, options);
  const company = { externalId: 'a', code: '101', name: 'Anna BV', status: 'reachable' as const };
  await store.companies.recordListing('c1', [company], { complete: true });
  const page = (ids: Iterable<number | string>, more: Partial<MasterDataPage> = {}) =>
    storeNext(store, {
      ...key,
      round: more.whole?.begins ? ++round : round,
      page: {
        rows: Array.from(ids, (id) => ({
          externalId: `${id}`.replace('!', ''),
          code: `${id}`.replace('!', ''),
          name: String(id), // "7!" is row 7 with another name
          active: true,
          details: {},
          modifiedAt: null,
        })),
        deleted: [],
        checkpoint: `cp ${++checkpoints}`,
        ...more,
      },
    });
  await page(range(1, rows), { whole: only });
  const gone = async () => {
    const all = await store.masterData.rows({ ...key, withDeleted: true, limit: 10_000 });
    return all.rows.filter(({ deletedAt }) => deletedAt !== null).map(({ externalId }) => Number(externalId));
  };
  const count = async (table: 'pass_pages' | 'held_deletions') =>
    (await store.database.db.selectFrom(table).selectAll().execute()).length;
  const question = async () => (await store.deletionQuestions.get('c1', 1))!;
  return { ...store, page, gone, count, question };
}
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

onBothDatabases((open) => {
  test('what a full pass has not seen is deleted at its proven end, and not a page earlier', async () => {
    const { page, gone, syncPositions, count } = await withRows(open, 10);
    await page(range(1, 4), { whole: first });
    await page([6, 7], { whole: middle });
    expect(await gone()).toEqual([]);
    expect((await syncPositions.get(key))?.fullPass).toMatchObject({ running: true });
    expect(await page([8, '9!', 10], { whole: last })).toMatchObject({ deleted: 1, changed: 1 });
    expect(await gone()).toEqual([5]);
    expect(await syncPositions.get(key)).toMatchObject({
      rows: 9,
      fullPass: { running: false, endedAt: expect.any(String) },
    });
    expect(await count('pass_pages')).toBe(0);
  });

  test('a row that was added or changed since the pass began is not gone, whatever the listing shows', async () => {
    const { page, gone } = await withRows(open, 10);
    await page(range(1, 5), { whole: first });
    // Among the rows that moved behind the place where the listing is.
    await page(['6!', '11'], { whole: middle });
    await page([8, 9, 10], { whole: last });
    expect(await gone()).toEqual([7]);
  });

  test('a pass goes on in another process after a kill, with all it has seen', async () => {
    const before = await withRows(open, 10);
    await before.page(range(1, 5), { whole: first });
    await before.database.close();
    const store = await openStore(open);
    const rest = range(6, 9).map((id) => ({
      externalId: String(id),
      code: String(id),
      name: String(id),
      active: true,
      details: {},
      modifiedAt: null,
    }));
    const counts = await storeNext(store, {
      ...key,
      round,
      page: { rows: rest, deleted: [], checkpoint: 'end', whole: last },
    });
    expect(counts).toMatchObject({ deleted: 1, unchanged: 4 });
  });

  test('nothing is proven by a pass that was broken off, or whose beginning nobody saw', async () => {
    const { page, gone, syncPositions } = await withRows(open, 10);
    await page(range(1, 9), { whole: first });
    await page([]); // the package was asked what changed instead
    expect((await syncPositions.get(key))?.fullPass?.running).toBe(false);
    await page([], { whole: last });
    expect(await gone()).toEqual([]);
  });

  test('a listing that starts over forgets what it saw before', async () => {
    const { page, gone } = await withRows(open, 10);
    await page(range(1, 10), { whole: first });
    await page(range(1, 5), { whole: first });
    await page(range(6, 9), { whole: last });
    expect(await gone()).toEqual([10]);
  });

  test('the very first pass keeps no ids, for there is nothing it could miss', async () => {
    const { page, count } = await withRows(open, 0);
    await page(range(1, 5), { whole: first });
    expect(await count('pass_pages')).toBe(0);
    expect(await page(range(6, 9), { whole: last })).toMatchObject({ inserted: 4, deleted: 0 });
  });

  test('too many reported deletions are held with the checkpoint, and count as live', async () => {
    const { page, gone, syncPositions, question, deletionQuestions } = await withRows(open, 100);
    const deleted = range(1, 30).map(String);
    expect(await page([], { deleted, checkpoint: 'after the storm' })).toMatchObject({
      deleted: 0,
      held: 30,
    });
    expect(await gone()).toEqual([]);
    expect(await syncPositions.get(key)).toMatchObject({
      checkpoint: 'after the storm',
      rows: 100,
      isAsked: true,
    });
    const asked = await question();
    expect(asked).toMatchObject({ kind: 'item', source: 'package', rows: 30, live: 100, state: 'open' });
    expect(await deletionQuestions.rows(asked, 2)).toEqual([
      { code: '1', name: '1' },
      { code: '10', name: '10' },
    ]);
    // The same news twice is no second question.
    expect(await page([], { deleted })).toMatchObject({ held: 0 });
    expect(await deletionQuestions.untold('c1')).toHaveLength(1);
  });

  test('a storm in several small pages is held as well, for all that goes in a day counts as a whole', async () => {
    const { page, gone } = await withRows(open, 100);
    expect(await page([], { deleted: range(1, 15).map(String) })).toMatchObject({ deleted: 15 });
    expect(await page([], { deleted: range(16, 30).map(String) })).toMatchObject({ deleted: 0, held: 15 });
    expect(await gone()).toHaveLength(15);
  });

  test('a kind that comes back empty is held; it settles by itself when the rows are there again', async () => {
    const { page, gone, question, deletionQuestions, syncPositions, count } = await withRows(open, 12);
    expect(await page([], { whole: only })).toMatchObject({ held: 12, deleted: 0 });
    expect(await question()).toMatchObject({ source: 'listing', rows: 12, live: 12 });
    // Missing twice is no more proof than missing once.
    expect(await page([], { whole: only })).toMatchObject({ held: 0, deleted: 0 });
    expect(await question()).toMatchObject({ state: 'open' });
    await deletionQuestions.told(await question());
    await page(range(1, 12), { whole: only });
    expect(await question()).toMatchObject({ state: 'came-back', settledBy: null });
    expect(await deletionQuestions.untold('c1')).toHaveLength(1);
    expect(await gone()).toEqual([]);
    expect(await count('held_deletions')).toBe(0);
    expect((await syncPositions.get(key))?.isAsked).toBe(false);
  });

  test('when most of them come back, the few that do not are deleted and the question is over', async () => {
    const { page, gone, question } = await withRows(open, 12);
    await page([1], { whole: only });
    expect(await page(range(1, 11), { whole: only })).toMatchObject({ deleted: 1 });
    expect(await gone()).toEqual([12]);
    expect(await question()).toMatchObject({ state: 'came-back' });
  });

  test('what the package reported and a later complete listing lacks is deleted without a human', async () => {
    const { page, gone, question, count } = await withRows(open, 20);
    await page([], { deleted: range(1, 10).map(String) });
    await page(range(11, 20), { whole: only });
    expect(await gone()).toHaveLength(10);
    expect(await question()).toMatchObject({ state: 'confirmed', settledBy: null });
    expect(await count('held_deletions')).toBe(0);
  });

  test('a human says that they were deleted: once, with a date and a place in the feed', async () => {
    const { page, gone, question, deletionQuestions, syncPositions, masterData, count } = await withRows(
      open,
      20,
    );
    await page([1], { whole: only });
    const { next } = await masterData.rows(key);
    expect(await deletionQuestions.settle('c1', 1, 'deleted', 'sanne')).toBe(true);
    expect(await deletionQuestions.settle('c1', 1, 'kept', 'tom')).toBe(false);
    expect(await gone()).toHaveLength(19);
    expect((await masterData.rows({ ...key, after: next, withDeleted: true })).rows).toHaveLength(19);
    expect(await question()).toMatchObject({ state: 'deleted', settledBy: 'sanne' });
    expect(await syncPositions.get(key)).toMatchObject({ rows: 1, isAsked: false });
    expect(await count('held_deletions')).toBe(0);
  });

  test('rows a human keeps are not asked about again, until they were seen once more', async () => {
    const { page, gone, deletionQuestions } = await withRows(open, 20);
    await page([1], { whole: only });
    expect(await deletionQuestions.settle('c1', 1, 'kept', 'sanne')).toBe(true);
    expect(await page([1], { whole: only })).toMatchObject({ held: 0, deleted: 0 });
    expect(await gone()).toEqual([]);
    await page(range(1, 20), { whole: only });
    expect(await page([1], { whole: only })).toMatchObject({ held: 19 });
    expect(await deletionQuestions.get('c1', 2)).toMatchObject({ state: 'open', rows: 19 });
  });

  test('an answer about what a listing lacked says nothing of what the package itself reports later', async () => {
    const { page, gone, deletionQuestions } = await withRows(open, 20);
    await page([1], { whole: only });
    await deletionQuestions.settle('c1', 1, 'kept', 'sanne');
    expect(await page([], { deleted: ['7', '8'] })).toMatchObject({ held: 0, deleted: 2 });
    expect(await gone()).toEqual([7, 8]);
    // Too many of them are asked about, and that is answered by itself.
    expect(await page([], { deleted: range(9, 15).map(String) })).toMatchObject({ held: 7, deleted: 0 });
    expect(await deletionQuestions.get('c1', 2)).toMatchObject({ state: 'open', source: 'package', rows: 7 });
    await deletionQuestions.settle('c1', 2, 'kept', 'sanne');
    expect(await page([], { deleted: range(9, 15).map(String) })).toMatchObject({ held: 0, deleted: 0 });
    expect(await page([1], { whole: only })).toMatchObject({ held: 0, deleted: 0 });
  });

  test('an answer about what the package reported says nothing of a listing that lacks it later', async () => {
    const { page, gone, deletionQuestions } = await withRows(open, 20);
    await page([], { deleted: range(1, 10).map(String) });
    await deletionQuestions.settle('c1', 1, 'kept', 'sanne');
    expect(await page(range(11, 20), { whole: only })).toMatchObject({ held: 10, deleted: 0 });
    expect(await deletionQuestions.get('c1', 2)).toMatchObject({
      state: 'open',
      source: 'listing',
      rows: 10,
    });
    expect(await gone()).toEqual([]);
  });

  test('a listing of which nobody can say that it is everything shows nothing that is gone', async () => {
    const { page, gone, syncPositions, count } = await withRows(open, 10);
    expect(await page([1], { whole: unproven })).toMatchObject({ held: 0, deleted: 0 });
    expect(await gone()).toEqual([]);
    expect(await count('pass_pages')).toBe(0);
    const { fullPass } = (await syncPositions.get(key))!;
    expect(fullPass).toMatchObject({ running: false, proof: null });
    expect(await page(range(2, 10), { whole: only })).toMatchObject({ deleted: 1 });
    expect((await syncPositions.get(key))?.fullPass).toMatchObject({ proof: 'no next page' });
  });

  test('what waits for an answer counts: the last few of a storm are not judged by themselves', async () => {
    const { page, gone, question } = await withRows(open, 2_500);
    expect(await page([], { deleted: range(1, 1_000).map(String) })).toMatchObject({ held: 1_000 });
    expect(await page([], { deleted: range(1_001, 1_040).map(String) })).toMatchObject({
      held: 40,
      deleted: 0,
    });
    expect(await gone()).toEqual([]);
    expect(await question()).toMatchObject({ state: 'open', rows: 1_040, live: 2_500 });
  });

  test('at the end of a pass each row is judged once: what is proven, is; the others are added up without it', async () => {
    const { page, gone, question } = await withRows(open, 100);
    await page([], { deleted: range(1, 30).map(String) });
    // 30 proven; of the 70 that are left 14 may go.
    expect(await page(range(45, 100), { whole: only })).toMatchObject({ deleted: 44, held: 0 });
    expect(await gone()).toHaveLength(44);
    expect(await question()).toMatchObject({ state: 'confirmed' });
  });

  test('at the end of a pass one too many beside what is proven is asked about', async () => {
    const { page, gone, question, syncPositions } = await withRows(open, 100);
    await page([], { deleted: range(1, 30).map(String) });
    expect(await page(range(46, 100), { whole: only })).toMatchObject({ deleted: 30, held: 15 });
    expect(await gone()).toHaveLength(30);
    expect(await question()).toMatchObject({ state: 'open', rows: 15 });
    expect((await syncPositions.get(key))?.rows).toBe(70);
  });

  test('what goes in a page is counted from what was there before it', async () => {
    const { page } = await withRows(open, 100);
    // 16 of 100; then 4 more: 20 of what were 100, not of the 84 that are left, nor of 68.
    expect(await page([], { deleted: range(1, 16).map(String) })).toMatchObject({ deleted: 16 });
    expect(await page([], { deleted: range(17, 20).map(String) })).toMatchObject({ deleted: 4, held: 0 });
    expect(await page([], { deleted: ['21'] })).toMatchObject({ deleted: 0, held: 1 });
  });

  test('a pass counts once, from its first page to its last', async () => {
    const { page, database } = await withRows(open, 10);
    const pass = async () =>
      (await database.db.selectFrom('sync_positions').select(['pass', 'pass_began_at']).execute())[0];
    await page([1], { whole: first });
    const began = await pass();
    expect(began).toMatchObject({ pass: 2 });
    await page([2], { whole: middle });
    await page(range(3, 10), { whole: last });
    expect(await pass()).toEqual(began);
  });

  test('a few that go in every round add up, until they are a day old or somebody has answered', async () => {
    const clock = handClock();
    const store = await withRows(open, 100, { now: clock.now });
    const goes = (from: number, to: number) => {
      round += 1;
      return store.page([], { deleted: range(from, to).map(String) });
    };
    for (const from of [1, 9]) {
      expect(await goes(from, from + 7)).toMatchObject({ deleted: 8, held: 0 });
      clock.advance(60 * 60_000);
    }
    expect(await goes(17, 21)).toMatchObject({ deleted: 0, held: 5 });
    expect(await store.question()).toMatchObject({ rows: 5, live: 84, state: 'open' });
    await store.deletionQuestions.settle('c1', 1, 'deleted', 'sanne');

    // What was answered about is not counted again, and neither is what was yesterday.
    clock.advance(60 * 60_000);
    expect(await goes(22, 36)).toMatchObject({ deleted: 15, held: 0 });
    clock.advance(25 * 60 * 60_000);
    expect(await goes(37, 48)).toMatchObject({ deleted: 12, held: 0 });
  });

  test('what was too many when it was asked about does not become few by waiting', async () => {
    const clock = handClock();
    const store = await withRows(open, 100, { now: clock.now });
    round += 1;
    expect(await store.page([], { deleted: range(1, 16).map(String) })).toMatchObject({ deleted: 16 });
    clock.advance(2 * 60 * 60_000);
    expect(await store.page(range(22, 100), { whole: only })).toMatchObject({ deleted: 0, held: 5 });
    clock.advance(25 * 60 * 60_000);
    expect(await store.page(range(22, 100), { whole: only })).toMatchObject({ deleted: 0 });
    expect(await store.question()).toMatchObject({ state: 'open', rows: 5 });
    expect(await store.gone()).toEqual(range(1, 16));
  });

  test('what proves itself is no answer of a human: what went before it still counts', async () => {
    const clock = handClock();
    const store = await withRows(open, 100, { now: clock.now });
    const reported = (from: number, to: number) => {
      round += 1;
      return store.page([], { deleted: range(from, to).map(String) });
    };
    expect(await reported(1, 16)).toMatchObject({ deleted: 16 });
    clock.advance(60_000);
    expect(await reported(17, 21)).toMatchObject({ held: 5 });
    clock.advance(60_000);
    expect(await store.page(range(22, 100), { whole: only })).toMatchObject({ deleted: 5 });
    expect(await store.question()).toMatchObject({ state: 'confirmed' });
    clock.advance(60_000);
    expect(await reported(22, 24)).toMatchObject({ deleted: 3, held: 0 });
    clock.advance(60_000);
    expect(await reported(25, 30)).toMatchObject({ deleted: 0, held: 6 });
  });

  test('rows that come back under other ids are said to be there, and those that wait are marked', async () => {
    const { page, masterData, deletionQuestions, question } = await withRows(open, 8);
    const before = await masterData.version(key);
    const again = range(1, 8).map((id) => ({
      ...{ externalId: `new ${id}`, code: String(id), name: String(id), active: true },
      ...{ details: {}, modifiedAt: null },
    }));
    await page([], { rows: again, whole: only });
    expect(await deletionQuestions.sameCodes(await question())).toBe(8);
    expect(await masterData.version(key)).not.toBe(before);
    const { rows } = await masterData.rows(key);
    expect(rows.filter(({ held }) => held).map(({ externalId }) => Number(externalId))).toEqual(range(1, 8));
  });

  test('a code leads to the row that was just seen, not to the one that seems to be gone', async () => {
    const { page, namedRows } = await withRows(open, 8);
    const row = (externalId: string, code: string) => ({
      ...{ externalId, code, name: code, active: true, details: {}, modifiedAt: null },
    });
    // The ids are "1" to "8" and the codes other words, so that a code is never an id.
    await page([], { rows: range(1, 8).map((id) => row(String(id), `code ${id}`)) });
    await page([], { rows: range(1, 8).map((id) => row(`new ${id}`, `code ${id}`)), whole: only });
    const named = async (value: string) =>
      (await namedRows.find(key, [{ field: 'f', kind: 'item', value }])).map(({ externalId }) => externalId);
    expect(await named('code 3')).toEqual(['new 3']);
    expect(await named('3')).toEqual(['3']);
  });

  test('of a kind that is no more every row is asked about, once', async () => {
    const { masterData, question, gone, deletionQuestions, page } = await withRows(open, 8);
    await masterData.holdKind(key);
    await masterData.holdKind(key);
    expect(await question()).toMatchObject({ source: 'kind', rows: 8, live: 8, state: 'open' });
    expect(await gone()).toEqual([]);
    await deletionQuestions.settle('c1', 1, 'kept', 'sanne');
    await masterData.holdKind(key);
    expect(await deletionQuestions.get('c1', 2)).toBeNull();
    // It is there again.
    await page(range(1, 8), { whole: only });
    await masterData.holdKind(key);
    expect(await deletionQuestions.get('c1', 2)).toMatchObject({ source: 'kind', rows: 8 });
  });
});
