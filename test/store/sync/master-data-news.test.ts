import { expect, test } from '@jest/globals';
import type { KyselyPlugin } from 'kysely';
import type { MasterDataKind, MasterDataRow } from '../../../domain/master-data.ts';
import { readNews } from '../../../store/sync/master-data-news.ts';
import { onBothDatabases } from '../../database.ts';
import { handClock, openStore, storeNext } from '../store.ts';

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
    for (const companyId of ['a', 'b'])
      await store.syncPositions.recordSuccess({ connectionId: 'c1', companyId, kind: 'vat-code' }, 1);
    clock.advance(60 * 60_000);
    const since = clock.now().toISOString();
    const news = async () =>
      (await store.masterData.news({ connectionId: 'c1', since, timeZone: 'UTC', mostOfEach: 1 }))
        .ofCompanies;
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
    const ofOne = await store.masterData.news({
      connectionId: 'c1',
      companyId: 'b',
      since,
      timeZone: 'UTC',
      mostOfEach: 1,
    });
    expect(ofOne.ofCompanies.map(({ companyId }) => companyId)).toEqual(['b']);
  });

  test('what is brought in for the first time is no news, and what comes after that is', async () => {
    const clock = handClock();
    const store = await openStore(open, { now: clock.now });
    await store.companies.recordListing('c1', [named('a')], { complete: true });
    const since = clock.now().toISOString();
    const key = { connectionId: 'c1', companyId: 'a', kind: 'vat-code' } as const;
    const page = (rows: MasterDataRow[]) =>
      storeNext(store, { ...key, round: 1, page: { rows, deleted: [], checkpoint: rows[0]!.externalId } });
    const news = () => store.masterData.news({ connectionId: 'c1', since, timeZone: 'UTC', mostOfEach: 1 });
    await page([vat('1'), vat('2')]);
    expect(await news()).toEqual({ ofCompanies: [], broughtIn: 2 });
    clock.advance(1_000);
    await page([vat('3'), vat('1', { name: 'changed while it came in' })]);
    await store.syncPositions.recordSuccess(key, 1);
    expect(await news()).toEqual({ ofCompanies: [], broughtIn: 3 });
    clock.advance(1_000);
    await page([vat('4')]);
    await store.syncPositions.recordSuccess(key, 2);
    expect(await news()).toMatchObject({
      ofCompanies: [{ subjects: [{ new: 1, changed: 0, first: [{ code: '4' }] }] }],
      broughtIn: 3,
    });
  });

  test('a bank account that changed is told by the relation it belongs to, as that is now', async () => {
    const clock = handClock();
    const store = await openStore(open, { now: clock.now });
    await store.companies.recordListing('c1', [named('a'), named('b')], { complete: true });
    let pages = 0;
    const page = async (companyId: string, kind: MasterDataKind, rows: MasterDataRow[]) => {
      const key = { connectionId: 'c1', companyId, kind };
      const next = { rows, deleted: [], checkpoint: String(++pages) };
      await storeNext(store, { ...key, round: 1, page: next });
      await store.syncPositions.recordSuccess(key, 1);
    };
    const relation = (externalId: string, name: string, details: object): MasterDataRow => ({
      ...{ externalId, code: externalId.slice(1), name, active: true, modifiedAt: null, details },
    });
    const account = (relationId: string | null, fingerprint: string): MasterDataRow => ({
      ...{ externalId: `of ${relationId}`, code: null, name: 'Whose', active: true, modifiedAt: null },
      details: { relationId, fingerprint },
    });
    const all = ['r20010', 'r30000', 'r40000', 'r-unknown', null];
    for (const company of ['a', 'b']) {
      await page(company, 'relation', [
        relation('r20010', 'De Vries', { isSupplier: true }),
        relation('r30000', 'Customer', { isSupplier: false }),
        relation('r40000', 'Either', {}),
      ]);
      await page(
        company,
        'bank-account',
        all.map((id) => account(id, 'old')),
      );
    }
    clock.advance(60_000);
    const since = clock.now().toISOString();
    await page(
      'a',
      'bank-account',
      all.map((id) => account(id, 'new')),
    );
    const { ofCompanies } = await store.masterData.news({
      ...{ connectionId: 'c1', since, timeZone: 'UTC', mostOfEach: 9 },
    });
    const differences = [{ fact: 'number', from: null, to: null, private: true }];
    const told = (subject: string, code: string | null, name: string) => ({
      ...{ subject, what: 'changed', code, name, differences },
    });
    const whose = told('account-of-relation', null, 'Whose');
    expect(
      ofCompanies.map(({ companyId, subjects }) => [companyId, ...subjects.flatMap(({ first }) => first)]),
    ).toEqual([
      [
        'a',
        told('account-of-supplier', '20010', 'De Vries'),
        whose,
        whose,
        told('account-of-relation', '40000', 'Either'),
      ],
    ]);
  });

  test('a row that changes while the news are read moves to the end, and counts once', async () => {
    const clock = handClock();
    const store = await openStore(open, { now: clock.now });
    const elsewhere = await openStore(open, { now: clock.now });
    await store.companies.recordListing('c1', [named('a')], { complete: true });
    const key = { connectionId: 'c1', companyId: 'a', kind: 'vat-code' } as const;
    let pages = 0;
    const page = (rows: MasterDataRow[]) =>
      storeNext(elsewhere, { ...key, round: 1, page: { rows, deleted: [], checkpoint: String(++pages) } });
    await page([vat('first')]);
    await store.syncPositions.recordSuccess(key, 1);
    clock.advance(1_000);
    const since = clock.now().toISOString();
    const many = Array.from({ length: 1_001 }, (_, index) => vat(String(index)));
    await page(many);
    let isChanged = false;
    const changesMeanwhile: KyselyPlugin = {
      transformQuery: ({ node }) => node,
      async transformResult({ result }) {
        if (!isChanged && result.rows.length > 1_000) {
          isChanged = true;
          await page([vat('0', { name: 'again' })]);
        }
        return result;
      },
    };
    const { ofCompanies } = await readNews(store.database.db.withPlugin(changesMeanwhile), {
      ...{ connectionId: 'c1', since, timeZone: 'UTC', mostOfEach: 1 },
      now: new Date(),
    });
    expect(isChanged).toBe(true);
    expect(ofCompanies).toMatchObject([{ subjects: [{ new: 1_001, changed: 0 }] }]);
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
        until: expect.any(String),
      },
    ]);
  });
});
