import { expect, test } from '@jest/globals';
import { asksFirst, deletionGuard, parseGuard } from '../../../domain/sync/deletion-guard.ts';

test.each([
  [0, 10, false],
  [20, 100, false],
  [21, 100, true],
  [50, 10_000, false],
  [51, 10_000, true],
  // A kind of a few rows may lose some of them, but not all.
  [3, 5, false],
  [4, 5, true],
  [2, 2, true],
  [1, 1, false],
])('%i deletions of %i rows at once ask first: %s', (deletions, live, asks) => {
  expect(asksFirst(deletions, live)).toBe(asks);
});

test('an office may set other limits', () => {
  expect(asksFirst(5, 10, { share: 0.5, rows: 50, few: 0 })).toBe(false);
  expect(asksFirst(6, 10, { share: 0.5, rows: 50, few: 0 })).toBe(true);
});

test.each([
  ['20% 50', { share: 0.2, rows: 50 }],
  ['12.5%  1000', { share: 0.125, rows: 1000 }],
  [' 0.25% 7 ', { share: 0.0025, rows: 7 }],
  ['100% 0', { share: 1, rows: 0 }],
])('%j is a guard', (text, guard) => {
  expect(parseGuard(text)).toEqual({ ...deletionGuard, ...guard });
});

test.each(['20%', '50', '120% 50', '20 50', '-1% 5', '20% 50 rows', 'at 20% 50', ''])(
  '%j is none',
  (text) => {
    expect(parseGuard(text)).toBeNull();
  },
);

test('what vanishes is counted over a day', () => {
  expect(deletionGuard.withinMs).toBe(24 * 60 * 60_000);
});
