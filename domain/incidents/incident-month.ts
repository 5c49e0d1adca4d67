import type { Moment } from '../master-data.ts';
import type { Month } from '../bookings/month-readiness.ts';
import { dayOf, localDay, localMoment } from '../offices/working-hours.ts';

/** When an incident came to pass what; what has not yet, or was never known, is null. */
export interface IncidentTimes {
  lastGoodAt: Moment | null;
  openedAt: Moment;
  toldAt: Moment | null;
  endedAt: Moment | null;
}

/** Of how many it is known, the one in the middle, and the longest; in milliseconds. */
export interface Spans {
  of: number;
  median: number;
  longest: number;
}

export interface IncidentFigures {
  count: number;
  /** How many are open still. */
  open: number;
  /** From the last good use of the login to knowing that it is broken. */
  detect: Spans | null;
  /** From there to the first message in Slack. */
  tell: Spans | null;
  /** From there to its end. */
  reconnect: Spans | null;
}

export function incidentFigures(incidents: readonly IncidentTimes[]): IncidentFigures {
  const spans = (from: keyof IncidentTimes, to: keyof IncidentTimes) =>
    spansOf(incidents.flatMap((one) => between(one[from], one[to])));
  return {
    count: incidents.length,
    open: incidents.filter(({ endedAt }) => endedAt === null).length,
    detect: spans('lastGoodAt', 'openedAt'),
    tell: spans('openedAt', 'toldAt'),
    reconnect: spans('openedAt', 'endedAt'),
  };
}

/** Where a month begins and ends for people in this time zone. */
export function monthIn(timeZone: string, month: Month): { from: Moment; until: Moment } {
  const at = (which: Month) => new Date(localMoment(timeZone, `${which}-01`, '00:00')).toISOString();
  return { from: at(month), until: at(monthAfter(month)) };
}

export function thisMonth(timeZone: string, now: Date): Month {
  return localDay(timeZone, now.getTime()).slice(0, -3);
}

export function monthBefore(month: Month): Month {
  return monthOf(Date.parse(`${month}-01`) - 86_400_000);
}

export const monthPattern = /^[0-9]{4}-(0[1-9]|1[0-2])$/;

export function isMonth(text: string): boolean {
  return monthPattern.test(text);
}

function monthAfter(month: Month): Month {
  return monthOf(Date.parse(`${month}-01`) + 32 * 86_400_000);
}

const monthOf = (at: number): Month => dayOf(at).slice(0, -3);

/** Two machines' clocks may differ by a little; nothing is known before it began. */
function between(from: Moment | null, to: Moment | null): number[] {
  return from === null || to === null ? [] : [Math.max(0, Date.parse(to) - Date.parse(from))];
}

function spansOf(lengths: number[]): Spans | null {
  const sorted = lengths.toSorted((one, other) => one - other);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  const longest = sorted.at(-1);
  if (low === undefined || high === undefined || longest === undefined) return null;
  return { of: sorted.length, median: (low + high) / 2, longest };
}
