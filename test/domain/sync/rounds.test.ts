import { describe, expect, test } from '@jest/globals';
import {
  chunkSize,
  covers,
  earlier,
  inChunks,
  isEverything,
  nextStart,
  phaseOf,
  type SyncScope,
} from '../../../domain/sync/rounds.ts';

const minute = 60_000;
const interval = 15 * minute;

describe('the companies of a round', () => {
  test('are taken in enough chunks to show progress, and in chunks that are never too large', () => {
    expect(chunkSize(0)).toBe(1);
    expect(chunkSize(1)).toBe(1);
    expect(chunkSize(12)).toBe(2);
    expect(chunkSize(1_000)).toBe(20);
  });

  test('are all in one chunk each, in their order', () => {
    const companies = Array.from({ length: 12 }, (_, index) => index);
    const chunks = inChunks(companies, chunkSize(companies.length));
    expect(chunks.flat()).toEqual(companies);
    expect(inChunks([1, 2, 3], 2)).toEqual([[1, 2], [3]]);
    expect(inChunks([], 5)).toEqual([]);
  });
});

describe('the next round', () => {
  test('starts on the grid of the connection, within an interval and a quarter', () => {
    for (let now = 0; now < interval; now += 7_919) {
      const start = nextStart(now, interval, 3 * minute);
      expect((start - 3 * minute) % interval).toBe(0);
      expect(start - now).toBeGreaterThanOrEqual(interval / 4);
      expect(start - now).toBeLessThan(interval * 1.25);
    }
  });

  test('of many connections is spread over the whole interval', () => {
    const quarters = new Set(
      Array.from({ length: 100 }, (_, index) => Math.floor((phaseOf(`c-${index}`, interval) / interval) * 4)),
    );
    expect(quarters).toEqual(new Set([0, 1, 2, 3]));
  });

  test('of one connection keeps its place', () => {
    expect(phaseOf('exact', interval)).toBe(phaseOf('exact', interval));
  });
});

test('a round that ended just before the raster is followed by the next but one', () => {
  expect(nextStart(0, 100, 24)).toBe(124);
  expect(nextStart(0, 100, 25)).toBe(25);
  expect(nextStart(0, 100, 26)).toBe(26);
  expect(nextStart(30, 100, 30)).toBe(130);
});

test('the place of a connection on the raster never changes: by it the package is used', () => {
  expect(phaseOf('c-1', 1_000_000)).toBe(703_572);
});

describe('a wish', () => {
  const all: SyncScope = { companies: null, kinds: null };
  const some: SyncScope = { companies: ['101'], kinds: ['relation'] };

  test('for everything is done by a planned round, unless it is to begin at the very beginning', () => {
    expect(isEverything(all)).toBe(true);
    expect(isEverything({ ...all, full: true })).toBe(false);
    expect(isEverything({ ...all, kinds: ['relation'] })).toBe(false);
    expect(isEverything({ ...all, companies: ['101'] })).toBe(false);
  });

  test('is done by one that takes at least its companies and its kinds', () => {
    expect(covers(all, some)).toBe(true);
    expect(covers(some, some)).toBe(true);
    expect(covers(some, all)).toBe(false);
    expect(covers({ ...some, companies: null }, { ...some, kinds: null })).toBe(false);
    expect(covers({ ...some, kinds: null }, { ...some, companies: null })).toBe(false);
    expect(covers(some, { ...some, companies: ['101', '102'] })).toBe(false);
    expect(covers({ ...some, companies: ['101', '102'] }, some)).toBe(true);
  });

  test('from the very beginning is only done by another such one', () => {
    expect(covers(all, { ...some, full: true })).toBe(false);
    expect(covers({ ...all, full: true }, { ...some, full: true })).toBe(true);
    expect(covers({ ...all, full: true }, some)).toBe(true);
  });
});

test('of two moments the earlier one counts, and never is later than any', () => {
  const [one, other] = ['2026-11-23T09:00:00.000Z', '2026-11-23T10:00:00.000Z'];
  expect(earlier(one, other)).toBe(one);
  expect(earlier(other, one)).toBe(one);
  expect([earlier(null, one), earlier(one, null), earlier(null, null)]).toEqual([one, one, null]);
});
