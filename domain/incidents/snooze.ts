import type { Moment } from '../master-data.ts';

/** Somebody puts reminders off until then, for themselves or for everybody. */
export interface Snooze {
  by: string;
  until: Moment;
  everybody: boolean;
}

/** Long holidays fit in; for ever does not. */
const longestSnoozeMs = 21 * 24 * 60 * 60_000;

/** Why reminders cannot be put off until this moment, in words for who wants it; null when they can. */
export function objectionToSnooze(until: number, now: number): string | null {
  if (!(until > now)) return 'This moment has passed already. Choose a later one.';
  return until - now > longestSnoozeMs ? 'Reminders can be snoozed for three weeks at most.' : null;
}
