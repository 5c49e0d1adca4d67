import { describe, expect, test } from '@jest/globals';
import {
  lastComplete,
  olderThanPromised,
  parsePromise,
  promise,
  staleSince,
} from '../../../domain/sync/freshness.ts';
import type { MasterDataKind } from '../../../domain/master-data.ts';

const now = new Date('2026-11-23T10:00:00.000Z');
const hour = 60 * 60_000;
const promised = promise(hour, { item: 4 * hour });
const age = (company: string, kind: MasterDataKind, lastSuccessAt: string | null) => ({
  company,
  kind,
  lastSuccessAt: lastSuccessAt && `2026-11-23T${lastSuccessAt}:00.000Z`,
});

describe('Master data is older than promised', () => {
  test('from the moment its time is over, each kind by its own promise', () => {
    expect(staleSince(age('a', 'relation', '09:00'), promised, now)).toBeNull();
    expect(staleSince(age('a', 'relation', '08:59'), promised, now)).toBe('2026-11-23T09:59:00.000Z');
    expect(staleSince(age('a', 'item', '08:59'), promised, now)).toBeNull();
  });

  test('never when it has not come in at all', () => {
    expect(staleSince(age('a', 'relation', null), promised, now)).toBeNull();
  });
});

describe('What is older than promised', () => {
  test('is told once for all companies that lack the same, the longest first', () => {
    const ages = [
      age('bakery', 'gl-account', '08:30'),
      age('bakery', 'relation', '08:10'),
      age('garage', 'item', '04:30'),
      age('garage', 'relation', '09:50'),
      age('florist', 'relation', '08:00'),
      age('florist', 'gl-account', '08:30'),
    ];
    expect(olderThanPromised(ages, promised, now)).toEqual([
      { kinds: ['item'], companies: ['garage'], since: '2026-11-23T08:30:00.000Z' },
      {
        kinds: ['gl-account', 'relation'],
        companies: ['bakery', 'florist'],
        since: '2026-11-23T09:00:00.000Z',
      },
    ]);
  });

  test('is nothing while all of it is fresh', () => {
    expect(olderThanPromised([age('bakery', 'relation', '09:30')], promised, now)).toEqual([]);
  });
});

describe('A promise', () => {
  test('is one time for all, with exceptions', () => {
    expect(parsePromise('1h')).toEqual(promise(hour));
    expect(parsePromise(' 1h  item=1d project=4h ')).toEqual(
      promise(hour, { item: 24 * hour, project: 4 * hour }),
    );
  });

  test.each(['', 'soon', '0m', '1h item=', '1h item=0m', '1h tea=1d', '1h item=1d tea=1d', 'item=1d'])(
    'cannot be read: "%s"',
    (text) => expect(parsePromise(text)).toBeNull(),
  );
});

describe('All of a company is as old as its oldest kind', () => {
  test('of those that came in', () => {
    const ages = [age('a', 'relation', '08:00'), age('a', 'gl-account', '09:00'), age('a', 'item', null)];
    expect(lastComplete(ages)).toBe('2026-11-23T08:00:00.000Z');
  });

  test('and nothing without its GL accounts', () => {
    expect(lastComplete([age('a', 'relation', '08:00')])).toBeNull();
    expect(lastComplete([age('a', 'relation', '08:00'), age('a', 'gl-account', null)])).toBeNull();
    expect(lastComplete([])).toBeNull();
  });
});
