import { z } from 'zod';
import type { Day } from '../master-data.ts';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

const clockTime = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time like 08:30')
  .describe('a local time');

/** When people of the office are at work, in the office's own time zone. */
export const hoursSchema = z
  .object({
    days: z.array(z.enum(weekdays)).min(1).default(['mon', 'tue', 'wed', 'thu', 'fri']),
    from: clockTime.default('08:30'),
    to: clockTime.default('17:30'),
  })
  .refine(({ from, to }) => from < to, { message: 'must end after it begins', path: ['to'] });

/** Days on which nobody is at work, whatever the weekday. */
export const holidaysSchema = z.array(
  z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day like 2026-12-25'),
);

export interface WorkingHours extends z.infer<typeof hoursSchema> {
  /** An IANA name. */
  timeZone: string;
  holidays: readonly Day[];
}

/** The working hours of an office, with what it did not set. */
export function workingHoursOf(office: {
  timeZone: string;
  hours?: z.infer<typeof hoursSchema> | undefined;
  holidays?: Day[] | undefined;
}): WorkingHours {
  return {
    ...(office.hours ?? hoursSchema.parse({})),
    timeZone: office.timeZone,
    holidays: office.holidays ?? [],
  };
}

export function isWorkingTime(hours: WorkingHours, at: number): boolean {
  const day = localDay(hours.timeZone, at);
  return isWorkingDay(hours, day) && opening(hours, day) <= at && at < closing(hours, day);
}

/** No day of this month on which the office was open came before this one. */
export function isFirstOfMonth(hours: WorkingHours, at: number): boolean {
  const today = localDay(hours.timeZone, at);
  for (let day = `${today.slice(0, 7)}-01`; day < today; day = dayAfter(day))
    if (isWorkingDay(hours, day)) return false;
  return true;
}

/** The first moment after this one at which the office opens. */
export function nextOpening(hours: WorkingHours, after: number): number {
  for (let day = localDay(hours.timeZone, after); ; day = dayAfter(day))
    if (isWorkingDay(hours, day) && opening(hours, day) > after) return opening(hours, day);
}

/** When so much working time has gone by since `from`; nights, weekends and holidays do not count. */
export function afterWorkingTime(hours: WorkingHours, from: number, ms: number): number {
  if (ms <= 0) return from;
  let left = ms;
  for (let day = localDay(hours.timeZone, from); ; day = dayAfter(day)) {
    if (!isWorkingDay(hours, day)) continue;
    const begin = Math.max(from, opening(hours, day));
    const end = closing(hours, day);
    if (end - begin >= left) return begin + left;
    left -= Math.max(0, end - begin);
  }
}

/** The moment at which clocks in this time zone show this day and time. */
export function localMoment(timeZone: string, day: Day, time: string): number {
  const shown = Date.parse(`${day}T${time}:00Z`);
  const near = shown - offset(timeZone, shown);
  return shown - offset(timeZone, near);
}

export function localDay(timeZone: string, at: number): Day {
  return dayOf(at + offset(timeZone, at));
}

/**
 * The minute that clocks in this time zone showed, as people type it; an hour before where they showed it twice, so that
 * whoever reads it back begins too early rather than too late.
 *
 * @example
 * localMinute('Europe/Amsterdam', Date.parse('2026-11-21T20:10:30Z')); // "2026-11-21 21:10"
 */
export function localMinute(timeZone: string, at: number): string {
  const [day = '', time = ''] = new Date(at + offset(timeZone, at)).toISOString().split('T');
  const minute = time.slice(0, 5);
  return localMoment(timeZone, day, minute) <= at
    ? `${day} ${minute}`
    : localMinute(timeZone, at - 60 * 60_000);
}

export function dayAfter(day: Day): Day {
  return dayOf(Date.parse(day) + 86_400_000);
}

/** The day in UTC, also of years with more than four digits: what follows 9999-12-31 is +010000-01-01. */
export function dayOf(at: number): Day {
  return new Date(at).toISOString().replace(/T.*/, '');
}

function isWorkingDay({ days, holidays }: WorkingHours, day: Day): boolean {
  const weekday = weekdays[(new Date(day).getUTCDay() + 6) % 7];
  return days.some((one) => one === weekday) && !holidays.includes(day);
}

const opening = ({ timeZone, from }: WorkingHours, day: Day) => localMoment(timeZone, day, from);
const closing = ({ timeZone, to }: WorkingHours, day: Day) => localMoment(timeZone, day, to);

const clocks = new Map<string, Intl.DateTimeFormat>();

/** By how much clocks in this time zone are ahead of UTC at this moment, in milliseconds. */
export function offset(timeZone: string, at: number): number {
  const clock = clocks.get(timeZone) ?? newClock(timeZone);
  clocks.set(timeZone, clock);
  const shown = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]));
  const [year, month, day] = [Number(shown['year']), Number(shown['month']), Number(shown['day'])];
  const local = new Date(0);
  // What people call 1 BC is the year 0; and Date.UTC takes the year 78 for 1978.
  local.setUTCFullYear(shown['era'] === 'B' ? 1 - year : year, month - 1, day);
  local.setUTCHours(Number(shown['hour']), Number(shown['minute']), Number(shown['second']));
  return local.getTime() - Math.floor(at / 1000) * 1000;
}

function newClock(timeZone: string): Intl.DateTimeFormat {
  const two = '2-digit';
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    era: 'narrow',
    year: 'numeric',
    month: two,
    day: two,
    hour: two,
    minute: two,
    second: two,
  });
}
