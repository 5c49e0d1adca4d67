import { expect, test } from '@jest/globals';
import type { MasterDataRow } from '../../../domain/master-data.ts';
import { onBothDatabases, type Open } from '../../database.ts';
import { handClock, openStore, storeNext } from '../store.ts';

const key = { connectionId: 'c1', companyId: 'a', kind: 'vat-code' } as const;
const none = { inserted: 0, changed: 0, unchanged: 0, reappeared: 0, deleted: 0, held: 0 };

const vat = (
  externalId: string,
  changes: Partial<MasterDataRow<'vat-code'>> = {},
): MasterDataRow<'vat-code'> => ({
  externalId,
  code: externalId,
  name: `VAT ${externalId}`,
  active: true,
  details: { percentage: '21.00', direction: 'sales', blocked: false },
  modifiedAt: '2026-11-01T00:00:00.000Z',
  ...changes,
});
const page = (rows: MasterDataRow[], { deleted = [] as string[], checkpoint = 'cp' } = {}) => ({
  rows,
  deleted,
  checkpoint,
});

async function withCompany(open: Open, now = () => new Date()) {
  const store = await openStore(open, { now });
  const listing = ['a', 'b', 'c'].map((id) => ({
    externalId: id,
    code: id,
    name: id,
    status: 'reachable' as const,
  }));
  await store.companies.recordListing('c1', listing, { complete: true });
  const storePage = (stored: ReturnType<typeof page>, round = 1) =>
    storeNext(store, { ...key, page: stored, round });
  const everything = () => store.masterData.rows({ connectionId: 'c1', withDeleted: true });
  return { ...store, storePage, everything };
}

onBothDatabases((open) => {
  test('a row comes back as the package gave it', async () => {
    const { storePage, masterData } = await withCompany(open);
    const rows = [
      vat('1'),
      vat('2', { code: null, active: false, modifiedAt: null, name: 'O\'Neil & 100 % "btw" €' }),
    ];

    expect(await storePage(page(rows))).toEqual({ ...none, inserted: 2 });

    expect((await masterData.rows(key)).rows).toMatchObject(rows);
  });

  test('the same page twice changes nothing', async () => {
    const clock = handClock();
    const { storePage, everything } = await withCompany(open, clock.now);
    await storePage(page([vat('1'), vat('2')], { deleted: ['9'] }));
    const before = await everything();

    clock.advance(60_000);
    expect(await storePage(page([vat('1'), vat('2')], { deleted: ['9'] }))).toEqual({
      ...none,
      unchanged: 2,
    });

    expect(await everything()).toEqual(before);
  });

  test('what is null, absent or in another order says the same', async () => {
    const { storePage } = await withCompany(open);
    await storePage(page([vat('1', { details: { percentage: '21.00', direction: 'sales' } })]));

    const same = vat('1', { details: { blocked: null, direction: 'sales', percentage: '21.00' } });
    expect(await storePage(page([same]))).toEqual({ ...none, unchanged: 1 });
  });

  test('only the row that differs is written, wherever the difference is', async () => {
    const { storePage, everything } = await withCompany(open);
    await storePage(page([vat('1'), vat('2')]));
    const differences: Partial<MasterDataRow<'vat-code'>>[] = [
      { code: null },
      { name: 'another' },
      { active: false },
      { details: { percentage: '9.00' } },
      { modifiedAt: '2026-11-02T00:00:00.000Z' },
    ];

    for (const difference of differences) {
      const seqOf = async (id: string) =>
        (await everything()).rows.find((row) => row.externalId === id)?.seq ?? 0;
      const [one, two] = [await seqOf('1'), await seqOf('2')];
      const counts = await storePage(page([vat('1', difference), vat('2')]));
      expect(counts).toEqual({ ...none, changed: 1, unchanged: 1 });
      expect(await seqOf('1')).toBeGreaterThan(Math.max(one, two));
      expect(await seqOf('2')).toBe(two);
    }
  });

  test('a page of new, changed, returned and unchanged rows counts each as what it is', async () => {
    const { storePage } = await withCompany(open);
    await storePage(page([vat('same'), vat('other'), vat('gone'), vat('gone too')]));
    await storePage(page([], { deleted: ['gone', 'gone too'] }));

    const next = [vat('same'), vat('other', { name: 'x' }), vat('gone'), vat('gone too', { name: 'x' })];
    expect(await storePage(page([...next, vat('new'), vat('new too'), vat('third')]))).toEqual({
      ...none,
      inserted: 3,
      changed: 1,
      unchanged: 1,
      reappeared: 2,
    });
  });

  test('a row that is touched in its date alone still remembers what it said before, and until when', async () => {
    const clock = handClock();
    const { storePage, masterData } = await withCompany(open, clock.now);
    await storePage(page([vat('1')]));
    clock.advance(60_000);
    const changedAt = clock.now().toISOString();
    await storePage(page([vat('1', { name: 'Another name' })]));
    clock.advance(60_000);

    const touched = vat('1', { name: 'Another name', modifiedAt: '2026-11-02T00:00:00.000Z' });
    expect(await storePage(page([touched]))).toEqual({ ...none, changed: 1 });

    const [row] = (await masterData.rows(key)).rows;
    expect(row).toMatchObject({ ...touched, changedAt: clock.now().toISOString() });
    expect(row!.previous).toMatchObject({ name: 'VAT 1', until: changedAt, deletedAt: null });
  });

  test('a row reported as deleted keeps its last content with a date, and loses the date when it reappears', async () => {
    const { storePage, everything, masterData, syncPositions } = await withCompany(open);
    await storePage(page([vat('1'), vat('2')]));

    expect(await storePage(page([], { deleted: ['1', 'never-seen'] }))).toEqual({ ...none, deleted: 1 });
    const [left, deleted] = (await everything()).rows;
    expect(left).toMatchObject({ externalId: '2', deletedAt: null });
    expect(deleted).toMatchObject({ externalId: '1', name: 'VAT 1', deletedAt: expect.any(String) });
    expect((await masterData.rows(key)).rows.map(({ externalId }) => externalId)).toEqual(['2']);
    expect((await syncPositions.get(key))?.rows).toBe(1);

    expect(await storePage(page([], { deleted: ['1'] }))).toEqual(none);
    expect(await storePage(page([vat('1')]))).toEqual({ ...none, reappeared: 1 });
    expect((await everything()).rows.at(-1)).toMatchObject({ externalId: '1', deletedAt: null });
    expect((await syncPositions.get(key))?.rows).toBe(2);
  });

  test('a row that comes twice in a page counts once, as it was last; a deleted one is deleted', async () => {
    const { storePage, masterData } = await withCompany(open);
    await storePage(page([vat('3')]));

    const twice = page([vat('1', { name: 'old' }), vat('1', { name: 'new' }), vat('3')], { deleted: ['3'] });
    expect(await storePage(twice)).toEqual({ ...none, inserted: 1, deleted: 1 });

    expect((await masterData.rows(key)).rows).toMatchObject([{ externalId: '1', name: 'new' }]);
  });

  test('another process goes on after the last stored page, with the counts of the whole round', async () => {
    const first = await withCompany(open);
    await first.storePage(page([vat('1'), vat('2')], { checkpoint: 'after 2' }), 7);
    await first.database.close();

    const second = await withCompany(open);
    expect((await second.syncPositions.get(key))?.checkpoint).toBe('after 2');
    await second.storePage(page([vat('2'), vat('3')], { checkpoint: 'after 3' }), 7);

    const counted = { round: 7, inserted: 3, changed: 0, reappeared: 0, deleted: 0 };
    expect(await second.syncPositions.get(key)).toMatchObject({
      checkpoint: 'after 3',
      rows: 3,
      counted: [counted],
    });

    await second.storePage(page([vat('3', { name: 'new' })]), 8);
    const next = { ...counted, round: 8, inserted: 0, changed: 1 };
    expect((await second.syncPositions.get(key))?.counted).toEqual([next, counted]);

    // The round before goes on: what was requested had overtaken it.
    await second.storePage(page([vat('4')]), 7);
    expect((await second.syncPositions.get(key))?.counted).toEqual([{ ...counted, inserted: 4 }, next]);
  });

  test('of two who read the same only one gets on; the other writes nothing', async () => {
    const { storePage, masterData, everything, syncPositions } = await withCompany(open);
    const other = await withCompany(open);
    await storePage(page([vat('1')], { checkpoint: 'one' }));
    const step = { ...key, from: 'one', round: 1 };
    const both = await Promise.all([
      masterData.storePage({ ...step, page: page([vat('2')], { checkpoint: 'two' }) }),
      other.masterData.storePage({
        ...step,
        page: page([vat('3', { name: 'late' })], { deleted: ['1'], checkpoint: 'three' }),
      }),
    ]);

    expect(both.filter((counts) => counts === null)).toHaveLength(1);
    const winner = both[0] === null ? 'three' : 'two';
    expect((await syncPositions.get(key))?.checkpoint).toBe(winner);
    const ids = (await everything()).rows.map(({ externalId }) => externalId);
    expect(ids).toEqual(winner === 'two' ? ['1', '2'] : ['3', '1']);
    // The loser does not get on later either, and a reader from the very beginning least of all.
    for (const from of ['one', null])
      expect(await masterData.storePage({ ...step, from, page: page([vat('9')]) })).toBeNull();
    expect((await everything()).rows).toHaveLength(2);
  });

  test('a page that cannot be stored leaves neither rows nor checkpoint', async () => {
    const { storePage, masterData, syncPositions, everything } = await withCompany(open);
    await storePage(page([vat('1')], { checkpoint: 'good' }));
    const unknownCompany = { ...key, companyId: 'not-listed' };

    const storing = masterData.storePage({ ...unknownCompany, page: page([vat('2')]), from: null, round: 1 });

    await expect(storing).rejects.toThrow(/foreign key/i);
    expect((await everything()).rows.map(({ externalId }) => externalId)).toEqual(['1']);
    expect(await syncPositions.get(unknownCompany)).toBeNull();
    expect((await syncPositions.get(key))?.checkpoint).toBe('good');
  });

  test('companies, kinds and connections are kept apart', async () => {
    const { masterData, companies } = await withCompany(open);
    const listing = [{ externalId: 'a', code: 'a', name: 'a', status: 'reachable' as const }];
    await companies.recordListing('c2', listing, { complete: true });
    const keys = [
      key,
      { ...key, companyId: 'b' },
      { ...key, kind: 'item' as const },
      { ...key, connectionId: 'c2' },
    ];
    for (const one of keys) {
      const name = JSON.stringify(one);
      await masterData.storePage({ ...one, page: page([vat('1', { name })]), from: null, round: 1 });
    }

    for (const one of keys) {
      const { rows } = await masterData.rows(one);
      expect(rows.map(({ name }) => name)).toEqual([JSON.stringify(one)]);
    }
    expect((await masterData.rows({ connectionId: 'c1' })).rows).toHaveLength(3);
    expect((await masterData.rows({ connectionId: 'c1', kind: 'vat-code' })).rows).toHaveLength(2);
  });

  test('paging through the feed gives every row once, then only what changed after it', async () => {
    const { storePage, masterData } = await withCompany(open);
    await storePage(page(Array.from({ length: 25 }, (_, index) => vat(String(index)))));
    const seen: string[] = [];
    let after = 0;
    for (let more = true; more;) {
      const answer = await masterData.rows({ ...key, after, limit: 10 });
      seen.push(...answer.rows.map(({ externalId }) => externalId));
      ({ next: after, more } = answer);
    }
    expect(seen.toSorted()).toEqual(Array.from({ length: 25 }, (_, index) => String(index)).sort());
    expect(await masterData.rows({ ...key, after })).toEqual({ rows: [], next: after, more: false });

    await storePage(page([vat('3', { name: 'new' })], { deleted: ['4'] }));
    const feed = await masterData.rows({ ...key, after, withDeleted: true });
    expect(feed.rows.map(({ externalId }) => externalId)).toEqual(['3', '4']);
  });

  test('a reader that follows the feed misses nothing while several writers are at work', async () => {
    const stores = await Promise.all([withCompany(open), withCompany(open), withCompany(open)]);
    const [reader] = stores;
    const writers = stores.map(async (store, writer) => {
      for (let number = 0; number < 20; number++) {
        const rows = [1, 2, 3].map((row) => vat(`${writer}-${number}-${row}`));
        const companyId = ['a', 'b', 'c'][writer]!;
        await storeNext(store, { ...key, companyId, page: page(rows), round: 1 });
      }
    });
    const seen = new Set<string>();
    let writing = true;
    const following = (async () => {
      for (let after = 0, last = false; !last;) {
        last = !writing;
        const answer = await reader.masterData.rows({ connectionId: 'c1', after, limit: 7 });
        for (const row of answer.rows) seen.add(row.externalId);
        after = answer.next;
        if (answer.more) last = false;
      }
    })();
    await Promise.all(writers);
    writing = false;
    await following;

    expect(seen.size).toBe(180);
  });
});
