import { expect, test } from '@jest/globals';
import type { MasterDataKind } from '../../../domain/master-data.ts';
import { onBothDatabases, type Open } from '../../database.ts';
import { handClock, openStore } from '../store.ts';

const key = (companyId: string, kind: MasterDataKind = 'vat-code') => ({
  connectionId: 'c1',
  companyId,
  kind,
});

async function withCompanies(open: Open, now = () => new Date()) {
  const store = await openStore(open, { now });
  const companies = ['a', 'b', 'c'].map((id) => ({
    externalId: id,
    code: id,
    name: id,
    status: 'reachable' as const,
  }));
  await store.companies.recordListing('c1', companies, { complete: true });
  await store.companies.link('c1', ['a', 'b']);
  return store;
}

onBothDatabases((open) => {
  test('a failure is kept with the earlier success, and gone with the next one', async () => {
    const clock = handClock();
    const { syncPositions } = await withCompanies(open, clock.now);
    expect(await syncPositions.get(key('a'))).toBeNull();

    await syncPositions.recordSuccess(key('a'), 4);
    clock.advance(60_000);
    await syncPositions.recordFailure(key('a'), { code: 'right', text: '403 on /vat' });
    expect(await syncPositions.get(key('a'))).toMatchObject({
      lastSuccessAt: '2026-11-23T10:00:00.000Z',
      lastAttemptAt: '2026-11-23T10:01:00.000Z',
      lastError: { code: 'right', text: '403 on /vat' },
      syncedRound: 4,
      checkpoint: null,
      rows: 0,
    });

    await syncPositions.recordSuccess(key('a'), 5);
    expect(await syncPositions.get(key('a'))).toMatchObject({ lastError: null, syncedRound: 5 });
  });

  test('positions come by company and in the order of the kinds', async () => {
    const { syncPositions } = await withCompanies(open);
    for (const kind of ['item', 'gl-account', 'vat-code'] as const) {
      await syncPositions.recordSuccess(key('b', kind), 1);
      await syncPositions.recordSuccess(key('a', kind), 1);
    }

    const kinds = ['gl-account', 'vat-code', 'item'];
    expect((await syncPositions.forCompany('c1', 'b')).map(({ kind }) => kind)).toEqual(kinds);
    expect(
      (await syncPositions.forConnection('c1')).map(({ companyId, kind }) => `${companyId} ${kind}`),
    ).toEqual(['a', 'b'].flatMap((id) => kinds.map((kind) => `${id} ${kind}`)));
  });

  test('the summary tells rows per kind, the oldest success and the errors of linked companies', async () => {
    const clock = handClock();
    const { syncPositions, masterData } = await withCompanies(open, clock.now);
    const row = { externalId: '1', code: '1', name: 'High', active: true, details: {}, modifiedAt: null };
    const page = { rows: [row], deleted: [], checkpoint: 'end' };
    for (const companyId of ['a', 'b', 'c']) {
      await masterData.storePage({ ...key(companyId), page, from: null, round: 1 });
      await syncPositions.recordSuccess(key(companyId), 1);
      clock.advance(60_000);
    }
    await syncPositions.recordFailure(key('b', 'item'), { code: 'right', text: '403' });
    await syncPositions.recordFailure(key('c', 'item'), { code: 'right', text: '403' });

    const summary = await syncPositions.summary('c1');

    expect(summary.rows).toMatchObject({ 'vat-code': 2, item: 0, project: 0 });
    expect(summary.oldestSuccessAt).toBe('2026-11-23T10:00:00.000Z');
    expect(summary.neverSucceeded).toBe(1);
    expect(summary.errors).toEqual([{ ...key('b', 'item'), error: { code: 'right', text: '403' } }]);
  });

  test('the summary of a connection that never synchronised is empty', async () => {
    const { syncPositions } = await withCompanies(open);
    expect(await syncPositions.summary('c1')).toMatchObject({
      oldestSuccessAt: null,
      neverSucceeded: 0,
      errors: [],
    });
  });
});
