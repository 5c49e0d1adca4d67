import type { Moment } from '../master-data.ts';

/** How many days before the end of a login people are warned, once each. */
export const warningDays = [7, 3, 1] as const;
export type DaysAhead = (typeof warningDays)[number];

/** The newest warning that is due at `now`; null while the end is far away, or nobody knows it. */
export function dueWarning(expiresAt: Moment | null, now: Date): DaysAhead | null {
  if (expiresAt === null) return null;
  const days = (Date.parse(expiresAt) - now.getTime()) / 86_400_000;
  return warningDays.findLast((ahead) => days <= ahead) ?? null;
}
