import { expect, test } from '@jest/globals';
import { nextOfHandover, type Handover } from '../../domain/handover.ts';

const plan: Handover = {
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
