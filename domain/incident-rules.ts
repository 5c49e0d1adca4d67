import type { LinkCause } from './causes.ts';
import type { DelayReason } from './connection.ts';

const minute = 60_000;
const hour = 60 * minute;

/** When something is worth telling, when it is over, and who has to do something about it. */
export interface IncidentRule {
  /** `nobody`: it mends itself, so there is no button, only one message for the whole office. */
  asks: 'a-login' | 'nobody';
  /** It is told when it has lasted so long; what is over sooner is not told at all. */
  toldAfter: number;
  /** What begins again within so long after its end is the same one: its message is taken up again. */
  sameWithin: number;
  /**
   * How often the login is looked at by itself meanwhile, because it may be mended in the package without anybody
   * logging in here. Null: only a new login helps, and asking again would only count as one more refused attempt.
   */
  looksAgainEvery: number | null;
}

const onlyALogin: IncidentRule = {
  asks: 'a-login',
  toldAfter: 0,
  sameWithin: 30 * minute,
  looksAgainEvery: null,
};
const orThePackage: IncidentRule = { ...onlyALogin, looksAgainEvery: 15 * minute };

/**
 * What breaks for the same cause in the same package within so long after the first of them is told in one message: it has
 * one reason. Every connection looks at its login within a few minutes, so all of them are found in that time.
 */
export const togetherWithin = 15 * minute;

/** The one table of when Syncuser raises its voice and when it is content, per cause. */
export const incidentRules: Record<LinkCause | DelayReason, IncidentRule> = {
  'consent-withdrawn': onlyALogin,
  'consent-expired': onlyALogin,
  'credentials-refused': onlyALogin,
  'grant-lost': onlyALogin,
  'wrong-user': onlyALogin,
  // A package may lock a user for good who is tried again and again.
  'user-blocked': onlyALogin,
  'user-inactive': onlyALogin,
  'no-company-access': orThePackage,
  'licence-expired': { ...orThePackage, looksAgainEvery: hour },
  outage: { asks: 'nobody', toldAfter: 15 * minute, sameWithin: 30 * minute, looksAgainEvery: null },
  // A limit of a day is over at midnight, and most of a minute are over before anybody notices.
  'rate-limit': { asks: 'nobody', toldAfter: hour, sameWithin: hour, looksAgainEvery: null },
};
