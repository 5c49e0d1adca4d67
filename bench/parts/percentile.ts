import { rounded } from './first-pass.ts';

/** The value below which so many percent of these are; NaN where there are none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return rounded(sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? NaN);
}
