import { describe, expect, test } from '@jest/globals';
import {
  afterWorkingTime,
  holidaysSchema,
  hoursSchema,
  isFirstOfMonth,
  isWorkingTime,
  localMinute,
  localMoment,
  nextOpening,
  workingHoursOf,
} from '../../../domain/offices/working-hours.ts';

const hour = 3_600_000;
const at = (moment: string) => Date.parse(moment);
const iso = (time: number) => new Date(time).toISOString();
const amsterdam = workingHoursOf({ timeZone: 'Europe/Amsterdam', holidays: ['2026-12-25'] });

test('are Monday to Friday, half past eight to half past five, when the office says nothing', () => {
  expect(isWorkingTime(amsterdam, at('2026-11-23T07:29:59Z'))).toBe(false);
  expect(isWorkingTime(amsterdam, at('2026-11-23T07:30:00Z'))).toBe(true);
  expect(isWorkingTime(amsterdam, at('2026-11-23T16:29:59Z'))).toBe(true);
  expect(isWorkingTime(amsterdam, at('2026-11-23T16:30:00Z'))).toBe(false);
  expect(isWorkingTime(amsterdam, at('2026-11-22T10:00:00Z'))).toBe(false);
});

test('leave out weekends and holidays', () => {
  expect(iso(nextOpening(amsterdam, at('2026-12-24T18:00:00Z')))).toBe('2026-12-28T07:30:00.000Z');
  expect(isWorkingTime(amsterdam, at('2026-12-25T10:00:00Z'))).toBe(false);
});

test('the next opening is never now', () => {
  expect(iso(nextOpening(amsterdam, at('2026-11-23T07:30:00Z')))).toBe('2026-11-24T07:30:00.000Z');
});

describe('working time that goes by', () => {
  test('goes on the next working morning where it stopped in the evening', () => {
    const friday = at('2026-11-20T16:20:00Z'); // ten minutes before five thirty
    expect(iso(afterWorkingTime(amsterdam, friday, 15 * 60_000))).toBe('2026-11-23T07:35:00.000Z');
  });
  test('does not go by at night: what breaks then counts from the morning', () => {
    expect(iso(afterWorkingTime(amsterdam, at('2026-11-23T22:00:00Z'), hour))).toBe(
      '2026-11-24T08:30:00.000Z',
    );
  });
  test('may end with the day', () => {
    expect(iso(afterWorkingTime(amsterdam, at('2026-11-23T15:30:00Z'), hour))).toBe(
      '2026-11-23T16:30:00.000Z',
    );
  });
  test('of no length is now, also at night', () => {
    expect(afterWorkingTime(amsterdam, at('2026-11-23T22:00:00Z'), 0)).toBe(at('2026-11-23T22:00:00Z'));
  });
});

describe('when the clocks change', () => {
  const always = {
    ...amsterdam,
    ...hoursSchema.parse({ days: ['sat', 'sun', 'mon'], from: '00:00', to: '24:00' }),
  };

  test('the office opens at the same local time, an hour earlier or later in UTC', () => {
    expect(iso(nextOpening(amsterdam, at('2026-03-27T18:00:00Z')))).toBe('2026-03-30T06:30:00.000Z');
    expect(iso(nextOpening(amsterdam, at('2026-10-23T18:00:00Z')))).toBe('2026-10-26T07:30:00.000Z');
  });
  test('the day in spring has 23 hours of working time, the one in autumn 25', () => {
    const after = (day: string, hours: number) =>
      iso(afterWorkingTime(always, localMoment('Europe/Amsterdam', day, '00:00'), hours * hour));
    expect(after('2026-03-29', 23)).toBe('2026-03-29T22:00:00.000Z'); // midnight, in summer time
    expect(after('2026-10-25', 25)).toBe('2026-10-25T23:00:00.000Z'); // midnight, in winter time
  });
  test('a local time is found on both sides of the change', () => {
    expect(iso(localMoment('Europe/Amsterdam', '2026-03-29', '01:59'))).toBe('2026-03-29T00:59:00.000Z');
    expect(iso(localMoment('Europe/Amsterdam', '2026-03-29', '03:00'))).toBe('2026-03-29T01:00:00.000Z');
    expect(iso(localMoment('Europe/Amsterdam', '2026-10-25', '03:00'))).toBe('2026-10-25T02:00:00.000Z');
    expect(iso(localMoment('America/New_York', '2026-11-01', '08:30'))).toBe('2026-11-01T13:30:00.000Z');
    expect(iso(localMoment('Asia/Kolkata', '2026-11-01', '08:30'))).toBe('2026-11-01T03:00:00.000Z');
  });
});

test('that end before they begin, or on a day that is none, are refused', () => {
  expect(hoursSchema.safeParse({ from: '17:30', to: '08:30' }).success).toBe(false);
  expect(hoursSchema.safeParse({ from: '8:30' }).success).toBe(false);
  expect(hoursSchema.safeParse({ days: [] }).success).toBe(false);
});

test('the first of a month is its first working day', () => {
  expect(isFirstOfMonth(amsterdam, at('2026-12-01T10:00:00Z'))).toBe(true);
  expect(isFirstOfMonth(amsterdam, at('2026-12-02T10:00:00Z'))).toBe(false);
  expect(isFirstOfMonth(amsterdam, at('2026-11-02T10:00:00Z'))).toBe(true); // the first was a Sunday
  expect(isFirstOfMonth(amsterdam, at('2026-11-03T10:00:00Z'))).toBe(false);
});

test('a minute that clocks showed twice is told an hour early', () => {
  expect(localMinute('Europe/Amsterdam', at('2026-11-21T20:10:30Z'))).toBe('2026-11-21 21:10');
  expect(localMinute('Europe/Amsterdam', at('2026-11-21T20:10:00Z'))).toBe('2026-11-21 21:10');
  for (const moment of ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z']) {
    const [day = '', time = ''] = localMinute('Europe/Amsterdam', at(moment)).split(' ');
    expect(localMoment('Europe/Amsterdam', day, time)).toBeLessThanOrEqual(at(moment));
  }
});

test('hours and holidays that cannot be are refused, with what is wrong', () => {
  const wrong = (hours: object) =>
    hoursSchema.safeParse(hours).error?.issues.map(({ message, path }) => [message, path.join('.')]);
  const notATime = 'must be a time like 08:30';
  for (const from of ['8:30', '24:30', '25:00', '08:60', 'at 08:30', '08:30h'])
    expect(wrong({ from })).toContainEqual([notATime, 'from']);
  expect(wrong({ from: '20:00', to: '23:59' })).toBeUndefined();
  expect(wrong({ from: '00:00', to: '24:00' })).toBeUndefined();
  expect(wrong({ from: '09:00', to: '09:00' })).toEqual([['must end after it begins', 'to']]);
  expect(wrong({ days: [] })).toHaveLength(1);
  expect(holidaysSchema.safeParse(['2026-12-25']).success).toBe(true);
  for (const day of ['25-12-2026', '2026-12-25T00:00', 'on 2026-12-25'])
    expect(holidaysSchema.safeParse([day]).error?.issues[0]?.message).toBe('must be a day like 2026-12-25');
});
