import { describe, expect, test } from '@jest/globals';
import { parseDuration } from '../../../domain/duration.ts';
import { incidentTimesOf, incidentTimesSchema } from '../../../domain/offices/incident-times.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const messages = (times: object) =>
  incidentTimesSchema.safeParse(times).error?.issues.map(({ message }) => message);

describe('How patient an office is', () => {
  test('is a quarter of an hour, an hour and four hours when it says nothing', () => {
    const standard = [15 * minute, hour, 4 * hour];
    expect(incidentTimesOf({})).toEqual({
      ...{ reminders: standard, escalation: standard, acknowledgementLapses: hour, superusersAtOnce: true },
    });
  });

  test('may be anything up to thirty days', () => {
    expect(incidentTimesSchema.parse({ acknowledgementLapses: '30d' }).acknowledgementLapses).toBe(30 * day);
    const wrong = ['must be a duration like 15m or 4h'];
    for (const acknowledgementLapses of ['31d', '0m', '', 'soon'])
      expect(messages({ acknowledgementLapses })).toEqual(wrong);
  });

  test('grows with every step', () => {
    expect(incidentTimesSchema.parse({ reminders: ['1m', '2m'] }).reminders).toEqual([minute, 2 * minute]);
    expect(messages({ reminders: ['2m', '2m'] })).toEqual(['must be ever longer']);
    expect(messages({ reminders: ['2m', '1m'] })).toEqual(['must be ever longer']);
    expect(messages({ reminders: [] })).toHaveLength(1);
  });
});

test('what is no duration is none', () => {
  expect(parseDuration('1h30m')).toBe(1.5 * hour);
  for (const text of ['', ' ', 'x1h', '1hx', '1h 30m', '1'])
    expect(parseDuration(text)).not.toBeGreaterThan(0);
});
