import { expect, test } from '@jest/globals';
import { asksFirst } from '../../domain/deletion-guard.ts';

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
