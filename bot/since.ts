import { parseDuration } from '../domain/duration.ts';
import type { Moment } from '../domain/master-data.ts';
import { localMoment } from '../domain/working-hours.ts';

/** How far back, when nobody says. */
const usually = parseDuration('1d');

/**
 * Reads "101 7d", "Exact Online 2026-11-23" or "2026-11-23T20:10Z": a name, then perhaps since when. A day begins at
 * midnight in the time zone of the office.
 */
export function readSince(
  text: string,
  { now, timeZone }: { now: Date; timeZone: string },
): { name: string; since: Moment } {
  const words = text.trim().split(/\s+/);
  const last = words.at(-1) ?? '';
  const name = words.slice(0, -1).join(' ');
  const duration = parseDuration(last.toLowerCase());
  if (duration > 0) return { name, since: iso(now.getTime() - duration) };
  if (/^\d{4}-\d\d-\d\d$/.test(last) && !Number.isNaN(Date.parse(last)))
    return { name, since: iso(localMoment(timeZone, last, '00:00')) };
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/i.test(last) && !Number.isNaN(Date.parse(last)))
    return { name, since: iso(Date.parse(last)) };
  return { name: words.join(' '), since: iso(now.getTime() - usually) };
}

const iso = (time: number): Moment => new Date(time).toISOString();
