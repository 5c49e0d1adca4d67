import type { LinkCause } from '../causes.ts';
import type { DelayReason } from '../connection.ts';
import type { Moment } from '../master-data.ts';
import type { HowMended } from './incident-story.ts';

const minute = 60_000;
const hour = 60 * minute;

/** When something is worth telling, when it is over, and who has to do something about it. */
export interface IncidentRule {
  /** `whoever-runs-syncuser`: no login of anybody mends it. `nobody`: it mends itself, so there is no button, only one message for the whole office. */
  asks: 'a-login' | 'whoever-runs-syncuser' | 'nobody';
  /** It is told when it has lasted so long; what is over sooner is not told at all. */
  toldAfter: number;
  /** A delay that begins again within so long after its end is the same one; a login that breaks again never is. */
  sameWithin: number;
  /**
   * How long a login must stay broken until that is told, when it breaks again after it had mended itself: the first time
   * within a day, the second, and so on; the last holds from then on. One that a human mended is always told at once.
   */
  toldAgainAfter: readonly number[];
  /**
   * How often the login is looked at by itself meanwhile, because it may be mended in the package without anybody
   * logging in here. Null: only a new login helps, and asking again would only count as one more refused attempt.
   */
  checksAgainEvery: number | null;
}

const onlyALogin: IncidentRule = {
  asks: 'a-login',
  toldAfter: 0,
  sameWithin: 0,
  toldAgainAfter: [0, 0, 5 * minute, 15 * minute, 30 * minute],
  checksAgainEvery: null,
};
const nobody = { asks: 'nobody', checksAgainEvery: null, toldAgainAfter: [0] } as const;
const orThePackage: IncidentRule = { ...onlyALogin, checksAgainEvery: 15 * minute };

/**
 * What breaks for the same cause in the same package within so long after the first of them is told in one message: it has
 * one reason. Every connection looks at its login within a few minutes, so all of them are found in that time.
 */
export const groupWithin = 15 * minute;

/** The one table of when Syncuser raises its voice and when it is content, per cause. */
export const incidentRules: Record<LinkCause | DelayReason, IncidentRule> = {
  'consent-withdrawn': onlyALogin,
  'consent-expired': onlyALogin,
  'grant-lost': onlyALogin,
  'wrong-user': onlyALogin,
  // It may be a user who is not active for a while. So seldom that no package counts it as an attack.
  'credentials-refused': { ...onlyALogin, checksAgainEvery: 6 * hour },
  // A package may lock a user for good who is tried again and again.
  'user-blocked': onlyALogin,
  'user-inactive': onlyALogin,
  'no-company-access': orThePackage,
  'licence-expired': { ...orThePackage, checksAgainEvery: hour },
  // Neither is proven to last: what was odd for a quarter of an hour may pass, and a secret is set right elsewhere.
  'not-accepted': orThePackage,
  'app-refused': { ...orThePackage, asks: 'whoever-runs-syncuser' },
  outage: { ...nobody, toldAfter: 15 * minute, sameWithin: 30 * minute },
  // A limit of a day is over at midnight, and most of a minute are over before anybody notices.
  'rate-limit': { ...nobody, toldAfter: hour, sameWithin: hour },
};

/** Whether somebody of the office can mend it by logging in; otherwise a button for that would promise too much. */
export const isMendedByLogin = (cause: LinkCause): boolean => incidentRules[cause].asks === 'a-login';

const day = 24 * hour;

/**
 * How long after it broke a login is told of, in milliseconds. A link that flaps by itself is told less and less often; it
 * is never silent for longer than the last step.
 */
export function toldAfter(
  cause: LinkCause,
  earlier: readonly { endedAt: Moment | null; how: HowMended | null }[],
  brokeAt: Moment,
): number {
  const since = Date.parse(brokeAt) - day;
  const byItself = earlier.filter(
    ({ endedAt, how }) => how === 'works-again' && endedAt !== null && Date.parse(endedAt) > since,
  ).length;
  const last = earlier
    .map(({ endedAt }) => endedAt)
    .sort()
    .at(-1);
  const mendedByHuman = earlier.some(({ endedAt, how }) => endedAt === last && how !== 'works-again');
  if (byItself === 0 || mendedByHuman) return 0;
  const { toldAgainAfter } = incidentRules[cause];
  return toldAgainAfter[Math.min(byItself, toldAgainAfter.length) - 1] ?? 0;
}
