import { parseDuration } from '../../../domain/duration.ts';
import type { Moment } from '../../../domain/master-data.ts';
import { folded } from '../../../domain/typed.ts';
import { dayOf, localDay, localMoment } from '../../../domain/offices/working-hours.ts';

/** How far back, when nobody says. */
const usually = parseDuration('1d');

/**
 * Reads "101 7d", "yesterday", "Exact Online 2026-11-23", "2026-11-23 21:10" or "2026-11-23T20:10Z": a name, then perhaps since when. A
 * day and a time are those of the office's clocks, unless there is a Z behind them.
 */
export function readSince(
  text: string,
  { now, timeZone }: { now: Date; timeZone: string },
): { name: string; since: Moment; typed: string } {
  const words = text.trim().split(/\s+/);
  for (const length of [2, 1]) {
    const typed = words.slice(-length).join(' ');
    const since = words.length >= length ? momentOf(typed, now, timeZone) : null;
    if (since !== null) return { name: words.slice(0, -length).join(' '), since: iso(since), typed };
  }
  return { name: words.join(' '), since: iso(now.getTime() - usually), typed: '' };
}

/** How people call a day, in English and Dutch, by how many days ago it was. */
const dayNames: Record<string, number> = { today: 0, vandaag: 0, yesterday: 1, gisteren: 1 };

/** In milliseconds; null where it says no moment. */
function momentOf(text: string, now: Date, timeZone: string): number | null {
  const typed = folded(text).replace(/^[a-z]+/, (name) => dayNamed(name, now, timeZone) ?? name);
  const duration = parseDuration(typed);
  if (duration > 0) return Math.max(0, now.getTime() - duration); // 1970 is as far back as anybody could mean
  const [, day = '', time = '00:00', seconds, utc] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?:(:\d\d(?:\.\d+)?)?(Z))?)?$/i.exec(typed) ?? [];
  const shown = Date.parse(`${day}T${time}${seconds ?? ''}Z`);
  if (Number.isNaN(shown)) return null;
  return utc ? shown : localMoment(timeZone, day, time);
}

/** The day on the office's clocks; null where the word names none. */
function dayNamed(name: string, now: Date, timeZone: string): string | null {
  const daysAgo = dayNames[name];
  if (daysAgo === undefined) return null;
  const noon = Date.parse(`${localDay(timeZone, now.getTime())}T12:00:00Z`);
  return dayOf(noon - daysAgo * 86_400_000);
}

const iso = (time: number): Moment => new Date(time).toISOString();
