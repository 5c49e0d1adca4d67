import { describe, expect, test } from '@jest/globals';
import { chunkSize, inChunks, nextStart, phaseOf } from '../../../domain/sync/rounds.ts';

const minute = 60_000;
const interval = 15 * minute;

describe('the companies of a round', () => {
  test('are taken in enough chunks to show progress, and in chunks that are never too large', () => {
    expect(chunkSize(1)).toBe(1);
    expect(chunkSize(12)).toBe(2);
    expect(chunkSize(1_000)).toBe(20);
  });

  test('are all in one chunk each, in their order', () => {
    const companies = Array.from({ length: 12 }, (_, index) => index);
    const chunks = inChunks(companies, chunkSize(companies.length));
    expect(chunks.flat()).toEqual(companies);
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
