/**
 * Why a link is broken and a human must act. Each is proven by something, which `words/causes.ts` says: one odd
 * answer is a doubt, and a doubt alarms nobody.
 */
export const linkCauses = [
  'consent-withdrawn',
  'consent-expired',
  'user-blocked',
  'user-inactive',
  'credentials-refused',
  'grant-lost',
  'wrong-user',
  'no-company-access',
  'licence-expired',
  'not-accepted',
  'app-refused',
] as const;
export type LinkCause = (typeof linkCauses)[number];

/** The causes that no single answer proves: the answers that speak for them have been seen to pass by themselves. */
export type DoubtedCause = Extract<LinkCause, 'not-accepted' | 'app-refused'>;

const minute = 60_000;

/**
 * How long every look must have ended in doubt, in milliseconds, until it counts. Exact Online refuses good tokens for up
 * to 90 s around a renewal, and has no other token to give for 570 s.
 */
const lastsAtLeast: Record<DoubtedCause, number> = {
  'not-accepted': 15 * minute,
  'app-refused': minute / 2,
};

/** Whether a doubt that has lasted so long, in milliseconds, counts as its cause. */
export function counts(doubt: DoubtedCause, lastedMs: number): boolean {
  return lastedMs >= lastsAtLeast[doubt];
}

const soonest = 20_000;
const latest = 4 * minute;

/** In how many milliseconds a doubt that has lasted so long is looked at again: soon, and then less and less often. */
export function untilNextLook(lastedMs: number): number {
  return Math.min(Math.max(lastedMs, soonest), latest);
}
