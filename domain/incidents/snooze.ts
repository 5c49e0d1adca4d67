import type { Objection } from '../objections.ts';
import type { Moment } from '../master-data.ts';
import type { PersonId } from '../ids.ts';

/** Somebody puts reminders off until then, for themselves or for everybody. */
export interface Snooze {
  by: PersonId;
  until: Moment;
  everybody: boolean;
}

/** Long holidays fit in; for ever does not. */
const longestSnoozeMs = 21 * 24 * 60 * 60_000;

/** Why reminders cannot be put off until this moment; null when they can. */
export function objectionToSnooze(until: number, now: number): Objection | null {
  if (!(until > now)) return 'moment-is-over';
  return until - now > longestSnoozeMs ? 'snooze-is-too-long' : null;
}
