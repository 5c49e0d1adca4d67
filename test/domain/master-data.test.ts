import { expect, test } from '@jest/globals';
import { waitOf } from '../../domain/master-data.ts';

test.each([
  [30, 30],
  [0, 0],
  [-5, -5],
  [2_147_483_648, null],
  [null, null],
])('A wait of %s is told as %s: what no column holds is a slip of the package', (amount, told) => {
  expect(waitOf(amount)).toBe(told);
});
