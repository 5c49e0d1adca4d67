import { expect, test } from '@jest/globals';
import { onBothDatabases } from '../../database.ts';
import { handClock, openStore, storeNext } from '../store.ts';

onBothDatabases((open) => {
  test('The age of every kind of every linked company is told, by code and kind', async () => {
    const clock = handClock('2026-11-23T10:00:00.000Z');
    const store = await openStore(open, { now: clock.now });
    const companies = ['d-2', 'd-1', 'd-3'].map((externalId, index) => ({
      externalId,
      code: String(103 - index),
      name: `Company ${externalId}`,
      status: 'reachable' as const,
    }));
    await store.companies.recordListing('c1', companies, { complete: true });
    await store.companies.link('c1', ['d-1', 'd-2']);
    const key = (companyId: string, kind: 'relation' | 'gl-account') => ({
      connectionId: 'c1',
      companyId,
      kind,
    });
    const row = { externalId: 'r', code: '1', name: 'R', active: true, details: {}, modifiedAt: null };
    for (const companyId of ['d-1', 'd-2', 'd-3']) {
      const page = { rows: [row], deleted: [], checkpoint: '1' };
      await storeNext(store, { ...key(companyId, 'relation'), page, round: 1 });
      await store.syncPositions.recordSuccess(key(companyId, 'relation'), 1);
    }
    await store.syncPositions.recordFailure(key('d-2', 'gl-account'), { code: 'right', text: 'no right' });

    const company = (id: string, code: string) => ({ id, code, name: `Company ${id}` });
    const lastSuccessAt = clock.now().toISOString();
    const lastAttemptAt = lastSuccessAt;
    const fine = { lastAttemptAt, lastError: null, error: null };
    expect(await store.dataAges.ofConnection('c1')).toEqual([
      { company: company('d-1', '102'), kind: 'relation', rows: 1, lastSuccessAt, ...fine },
      {
        ...{
          company: company('d-2', '103'),
          kind: 'gl-account',
          rows: 0,
          lastSuccessAt: null,
          lastAttemptAt,
        },
        ...{ lastError: { code: 'right' }, error: 'no right' },
      },
      { company: company('d-2', '103'), kind: 'relation', rows: 1, lastSuccessAt, ...fine },
    ]);
  });
});
