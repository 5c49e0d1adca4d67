import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  askedInPerson,
  ladder,
  nextReminder,
  reached,
  snoozeChoices,
  type BrokenLink,
} from '../../../domain/incidents/human-step.ts';
import { objectionToSnooze } from '../../../domain/incidents/snooze.ts';
import { incidentTimesSchema } from '../../../domain/offices/incident-times.ts';
import { officeSchema, type Office } from '../../../domain/offices/office.ts';
import {
  isWorkingTime,
  nextOpening,
  weekdays,
  workingHoursOf,
} from '../../../domain/offices/working-hours.ts';

const at = (moment: string) => Date.parse(moment);
const iso = (time: number) => new Date(time).toISOString();
const person = (id: string, ...roles: ('superuser' | 'accountant')[]) => ({
  id,
  name: id,
  slackUserId: id,
  roles,
});
const office: Office = officeSchema.parse({
  id: 'o',
  name: 'O',
  channelId: 'C',
  holidays: ['2026-11-24'],
  users: [person('sanne', 'superuser'), person('joke', 'superuser'), person('tom'), person('petra')],
  teams: [],
});
const monday = at('2026-11-23T09:00:00Z');
const broken: BrokenLink = { synchronisationUserId: 'tom', standInId: 'petra', openedAt: monday };
const isAtWork = (of: Office, moment: number) => isWorkingTime(workingHoursOf(of), moment);
const names = (now: string) => reached(office, broken, at(now)).map(({ name }) => name);

describe('the ladder', () => {
  test('goes from the synchronisation user over their stand-in and the superusers to the channel', () => {
    expect(ladder(office, broken)).toEqual([
      { name: 'synchronisation-user', people: ['tom'] },
      { name: 'stand-in', people: ['petra'] },
      { name: 'superusers', people: ['sanne', 'joke'] },
      { name: 'channel', people: [] },
    ]);
  });
  test('passes over who left, who is not there, and who was named before', () => {
    expect(ladder(office, { ...broken, synchronisationUserId: 'sanne', standInId: null })).toEqual([
      { name: 'synchronisation-user', people: ['sanne'] },
      { name: 'superusers', people: ['joke'] },
      { name: 'channel', people: [] },
    ]);
    expect(ladder(office, { ...broken, synchronisationUserId: 'gone', standInId: 'gone too' })[0]?.name).toBe(
      'superusers',
    );
  });
  test('is climbed in working time only', () => {
    expect(names('2026-11-23T09:14:00Z')).toEqual(['synchronisation-user']);
    expect(names('2026-11-23T09:15:00Z')).toEqual(['synchronisation-user', 'stand-in']);
    expect(names('2026-11-23T10:00:00Z')).toHaveLength(3);
    expect(names('2026-11-23T13:00:00Z')).toHaveLength(4);
    const evening = { ...broken, openedAt: at('2026-11-23T16:25:00Z') };
    expect(reached(office, evening, at('2026-11-25T07:39:00Z'))).toHaveLength(1); // the 24th is a holiday
    expect(reached(office, evening, at('2026-11-25T07:40:00Z'))).toHaveLength(2);
  });
  test('asks the superusers in person from the start, unless the office wants it otherwise', () => {
    expect(askedInPerson(office, broken, monday)).toEqual(['tom', 'sanne', 'joke']);
    const patient = { ...office, incidents: incidentTimesSchema.parse({ superusersAtOnce: false }) };
    expect(askedInPerson(patient, broken, monday)).toEqual(['tom']);
  });
});

describe('reminders', () => {
  const following = (start: number, times: number, of = office, openedAt = start) => {
    const due: string[] = [];
    for (let now = start; due.length < times; now = at(due.at(-1)!))
      due.push(iso(nextReminder(of, openedAt, now)));
    return due;
  };
  test('come after 15 minutes, 1 hour and 4 hours, then each working morning, for ever', () => {
    expect(following(monday, 6)).toEqual([
      '2026-11-23T09:15:00.000Z',
      '2026-11-23T10:00:00.000Z',
      '2026-11-23T13:00:00.000Z',
      '2026-11-25T07:30:00.000Z',
      '2026-11-26T07:30:00.000Z',
      '2026-11-27T07:30:00.000Z',
    ]);
    expect(following(monday, 8).at(-1)).toBe('2026-12-01T07:30:00.000Z');
  });
  test('come when the office wants them', () => {
    const incidents = incidentTimesSchema.parse({ reminders: ['5m'], escalation: ['10m'] });
    expect(following(monday, 3, { ...office, incidents })).toEqual([
      '2026-11-23T09:05:00.000Z',
      '2026-11-23T09:10:00.000Z',
      '2026-11-25T07:30:00.000Z',
    ]);
  });
  test('that were slept through are not made up for', () => {
    expect(iso(nextReminder(office, monday, at('2026-11-23T12:00:00Z')))).toBe('2026-11-23T13:00:00.000Z');
  });
});

test('times of an incident that shrink, or are none, are refused', () => {
  expect(incidentTimesSchema.safeParse({ reminders: ['1h', '15m'] }).success).toBe(false);
  expect(incidentTimesSchema.safeParse({ reminders: [] }).success).toBe(false);
  expect(incidentTimesSchema.safeParse({ acknowledgementLapses: 'soon' }).success).toBe(false);
});

describe('a snooze', () => {
  const choices = (now: string) =>
    snoozeChoices(office, at(now)).map(({ name, until }) => [name, iso(until)]);
  test('lasts an hour, till the afternoon, or till the next working morning', () => {
    expect(choices('2026-11-23T09:00:00Z')).toEqual([
      ['an-hour', '2026-11-23T10:00:00.000Z'],
      ['this-afternoon', '2026-11-23T12:30:00.000Z'],
      ['next-morning', '2026-11-25T07:30:00.000Z'],
    ]);
  });
  test('does not last till an afternoon that is over, and in the night it lasts till this morning', () => {
    expect(choices('2026-11-23T13:00:00Z').map(([name]) => name)).toEqual(['an-hour', 'next-morning']);
    expect(choices('2026-11-25T05:00:00Z').at(-1)).toEqual(['next-morning', '2026-11-25T07:30:00.000Z']);
  });
});

describe('whatever the office, its holidays, its clock and the moment', () => {
  const offices = fc
    .record({
      days: fc.subarray([...weekdays], { minLength: 1 }),
      hours: fc.uniqueArray(fc.integer({ min: 0, max: 48 }), { minLength: 2, maxLength: 2 }),
      timeZone: fc.constantFrom(
        'Europe/Amsterdam',
        'America/St_Johns',
        'Australia/Lord_Howe',
        'Pacific/Apia',
        'UTC',
      ),
      closedFrom: fc.integer({ min: 0, max: 400 }),
      closedFor: fc.integer({ min: 0, max: 40 }),
      reminders: fc.uniqueArray(fc.integer({ min: 1, max: 2_000 }), { minLength: 1, maxLength: 4 }),
    })
    .map(({ days, hours, timeZone, closedFrom, closedFor, reminders }): Office => {
      const clock = (half: number) =>
        `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`;
      const [from = 0, to = 48] = hours.toSorted((one, other) => one - other);
      const day = (n: number) => new Date(at('2026-01-01') + n * 86_400_000).toISOString().slice(0, 10);
      const rising = reminders.toSorted((one, other) => one - other).map((minutes) => minutes * 60_000);
      return {
        ...office,
        timeZone,
        hours: { days, from: clock(from), to: clock(to) },
        holidays: Array.from({ length: closedFor }, (_, n) => day(closedFrom + n)),
        incidents: { ...incidentTimesSchema.parse({}), reminders: rising, escalation: rising },
      };
    });
  const moments = fc
    .integer({ min: 0, max: 400 * 24 * 60 })
    .map((minutes) => at('2026-01-01T00:00:00Z') + minutes * 60_000);
  const later = fc.integer({ min: 0, max: 14 * 24 * 60 }).map((minutes) => minutes * 60_000);

  test('the next reminder comes after this moment, and never later than the next working morning', () => {
    fc.assert(
      fc.property(offices, moments, later, (of, openedAt, ms) => {
        const now = openedAt + ms;
        const next = nextReminder(of, openedAt, now);
        expect(next).toBeGreaterThan(now);
        expect(next).toBeLessThanOrEqual(nextOpening(workingHoursOf(of), now));
      }),
      { numRuns: 400 },
    );
  });

  test('a snooze that is offered is taken, and there is one', () => {
    fc.assert(
      fc.property(offices, moments, (of, now) => {
        const choices = snoozeChoices(of, now);
        expect(choices.length).toBeGreaterThan(0);
        for (const { name, until } of choices) {
          expect(objectionToSnooze(until, now)).toBeNull();
          if (name !== 'an-hour') expect(isAtWork(of, until)).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });
});

test('reminders are put off until a later moment, for three weeks at most', () => {
  const until = (ms: number) => objectionToSnooze(monday + ms, monday);
  expect(until(60_000)).toBeNull();
  expect(until(0)).toBe('moment-is-over');
  expect(until(NaN)).toBe('moment-is-over');
  expect(until(21 * 86_400_000)).toBeNull();
  expect(until(21 * 86_400_000 + 1)).toBe('snooze-is-too-long');
});

test('on a Sunday there is no afternoon to wait for', () => {
  expect(snoozeChoices(office, at('2026-11-22T08:00:00Z')).map(({ name }) => name)).toEqual([
    'an-hour',
    'next-morning',
  ]);
});
