import { expect, test } from '@jest/globals';
import {
  dueOfHandover,
  nextOfHandover,
  objectionToDay,
  type Handover,
} from '../../../domain/succession/handover.ts';

const plan: Handover = {
  from: 'tom',
  to: 'petra',
  by: 'sanne',
  at: '2026-12-11T07:00:00.000Z',
  heardUntil: '2026-11-25T12:00:00.000Z',
};
const dueOf = (heardUntil: string) => {
  const { days, dueAt } = nextOfHandover({ ...plan, heardUntil });
  return [days, new Date(dueAt).toISOString()];
};

test('people are reminded a week, three days and a day before, and then it happens', () => {
  expect(dueOf('2026-11-25T12:00:00.000Z')).toEqual([7, '2026-12-04T07:00:00.000Z']);
  expect(dueOf('2026-12-04T07:00:00.000Z')).toEqual([3, '2026-12-08T07:00:00.000Z']);
  expect(dueOf('2026-12-08T07:00:00.000Z')).toEqual([1, '2026-12-10T07:00:00.000Z']);
  expect(dueOf('2026-12-10T07:00:00.000Z')).toEqual([0, '2026-12-11T07:00:00.000Z']);
});

test('one that is planned late has only the reminders that are still to come', () => {
  expect(dueOf('2026-12-09T12:00:00.000Z')).toEqual([1, '2026-12-10T07:00:00.000Z']);
  expect(dueOf('2026-12-11T09:00:00.000Z')).toEqual([0, '2026-12-11T07:00:00.000Z']);
});

test('of reminders that fell due during a wait only the last is given, with the days that are left', () => {
  const due = (now: string) => dueOfHandover(plan, Date.parse(now));
  expect(due('2026-12-04T06:59:00.000Z')).toBeNull();
  expect(due('2026-12-04T07:00:00.000Z')).toEqual({ days: 7, heardUntil: '2026-12-04T07:00:00.000Z' });
  expect(due('2026-12-06T07:00:00.000Z')).toEqual({ days: 5, heardUntil: '2026-12-04T07:00:00.000Z' });
  expect(due('2026-12-10T12:00:00.000Z')).toEqual({ days: 1, heardUntil: '2026-12-10T07:00:00.000Z' });
  expect(due('2026-12-20T12:00:00.000Z')).toMatchObject({ days: 0 });
});

test('a day that is over, or years away, is not taken', () => {
  const on = (at: string) => objectionToDay(at, Date.parse('2026-11-25T12:00:00.000Z'));
  expect(on('2026-12-11T07:00:00.000Z')).toBeNull();
  expect(on('2027-11-25T07:00:00.000Z')).toBeNull();
  expect(on('2026-11-25T07:00:00.000Z')).toBe('day-is-over');
  expect(on('no day')).toBe('day-is-over');
  expect(on('9999-12-31T07:00:00.000Z')).toBe('day-is-too-far');
});

test('the farthest day is a year and a day ahead, and the moment itself is over', () => {
  const now = Date.parse('2026-11-25T12:00:00.000Z');
  const in366Days = '2027-11-26T12:00:00.000Z';
  expect(objectionToDay(in366Days, now)).toBeNull();
  expect(objectionToDay(in366Days, now - 1)).toBe('day-is-too-far');
  expect(objectionToDay(new Date(now).toISOString(), now)).toBe('day-is-over');
});
