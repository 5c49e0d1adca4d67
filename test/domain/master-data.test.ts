import { expect, test } from '@jest/globals';
import { isActiveOn, periodOn, waitOf } from '../../domain/master-data.ts';

test.each([
  [30, 30],
  [0, 0],
  [-5, -5],
  [100_000, 100_000],
  [-100_000, -100_000],
  [100_001, null],
  [-100_001, null],
  [2_147_483_648, null],
  [null, null],
])('A wait of %s is told as %s: what no column holds is a slip of the package', (amount, told) => {
  expect(waitOf(amount)).toBe(told);
});

test('a row may be used on the days of its period, the first and the last among them, while it is active', () => {
  const details = { startDate: '2026-01-01', endDate: '2026-12-31' };
  const days = ['2025-12-31', '2026-01-01', '2026-12-31', '2027-01-01'];
  expect(days.map((day) => periodOn(details, day))).toEqual(['before', 'now', 'now', 'after']);
  expect(days.map((day) => isActiveOn({ active: true, details }, day))).toEqual([false, true, true, false]);
  expect(days.some((day) => isActiveOn({ active: false, details }, day))).toBe(false);
  expect(isActiveOn({ active: true, details: {} }, '2026-01-01')).toBe(true);
});
