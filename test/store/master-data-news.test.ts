import { expect, test } from '@jest/globals';
import type { MasterDataRow } from '../../domain/master-data.ts';
import { onBothDatabases } from '../database.ts';
import { handClock, openStore, storeNext } from './store.ts';

const vat = (id: string, changes: Partial<MasterDataRow> = {}): MasterDataRow => ({
  ...{ externalId: id, code: id, name: `VAT ${id}`, active: true, modifiedAt: null },
  details: { percentage: '21' },
  ...changes,
});
const named = (externalId: string) => ({
  ...{ externalId, code: externalId, name: externalId },
  status: 'reachable' as const,
});

onBothDatabases((open) => {
  test('what changed since a moment is counted per company, with the first of it and what was before', async () => {
    const clock = handClock();
    const store = await openStore(open, { now: clock.now });
    await store.companies.recordListing('c1', [named('a'), named('b')], { complete: true });
    const page = (companyId: string, rows: MasterDataRow[], deleted: string[] = []) =>
      storeNext(store, {
        ...{ connectionId: 'c1', companyId, kind: 'vat-code', round: 1 },
        page: { rows, deleted, checkpoint: String(clock.now().getTime()) },
      });
    const many = Array.from({ length: 10 }, (_, index) => vat(String(index)));
    await page('a', many);
    await page('b', many);
    clock.advance(60 * 60_000);
    const since = clock.now().toISOString();
    const news = () => store.masterData.news({ connectionId: 'c1', since, mostOfEach: 1 });
    expect(await news()).toEqual([]);

    await page('a', [
      vat('0', { details: { percentage: '19' } }),
      vat('1', { active: false }),
      // Touched in the package, and nothing came of it.
      vat('2', { modifiedAt: since }),
      vat('new'),
    ]);
    await page('a', [], ['3']);
    await page('b', [vat('4', { name: 'another' })]);

    expect(await news()).toMatchObject([
      {
        companyId: 'a',
        subjects: [
          {
            ...{ subject: 'vat-code', new: 1, closed: 2, changed: 1 },
            first: [{ code: '0', what: 'changed', differences: [{ from: '21', to: '19' }] }],
          },
        ],
      },
      { companyId: 'b', subjects: [{ new: 0, closed: 0, changed: 1 }] },
    ]);
    const ofOne = await store.masterData.news({ connectionId: 'c1', companyId: 'b', since, mostOfEach: 1 });
    expect(ofOne.map(({ companyId }) => companyId)).toEqual(['b']);
  });

  test('a row that comes back was deleted before; one that never changed was nothing', async () => {
    const store = await openStore(open);
    await store.companies.recordListing('c1', [named('a')], { complete: true });
    const key = { connectionId: 'c1', companyId: 'a', kind: 'vat-code' } as const;
    const next = (rows: MasterDataRow[], deleted: string[] = []) =>
      storeNext(store, { ...key, round: 1, page: { rows, deleted, checkpoint: 'next' } });
    const previous = async () => (await store.masterData.rows(key)).rows.map((row) => row.previous);
    await next([vat('1'), vat('2')]);
    expect(await previous()).toEqual([null, null]);
    await next([], ['1']);
    await next([vat('1', { name: 'back' })]);
    expect(await previous()).toEqual([
      null,
      {
        code: '1',
        name: 'VAT 1',
        active: true,
        details: { percentage: '21' },
        deletedAt: expect.any(String),
      },
    ]);
  });
});
