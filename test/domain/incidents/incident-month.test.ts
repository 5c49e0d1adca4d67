import { expect, test } from '@jest/globals';
import {
  incidentFigures,
  isMonth,
  monthBefore,
  monthIn,
  thisMonth,
} from '../../../domain/incidents/incident-month.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 9, 5, 8, minute)).toISOString();
const minute = 60_000;

test('The figures of a month: how many, how long in the middle and at the longest, of what is known', () => {
  const figures = incidentFigures([
    { lastGoodAt: at(0), openedAt: at(5), toldAt: at(5), endedAt: at(15) },
    { lastGoodAt: null, openedAt: at(5), toldAt: at(7), endedAt: null },
    { lastGoodAt: at(2), openedAt: at(5), toldAt: null, endedAt: at(45) },
  ]);
  expect(figures).toEqual({
    count: 3,
    open: 1,
    detect: { of: 2, median: 4 * minute, longest: 5 * minute },
    tell: { of: 2, median: minute, longest: 2 * minute },
    reconnect: { of: 2, median: 25 * minute, longest: 40 * minute },
  });
});

test('A month without incidents has no lengths', () => {
  expect(incidentFigures([])).toEqual({ count: 0, open: 0, detect: null, tell: null, reconnect: null });
});

test('A month begins and ends where the office is, also when the clock was changed in it', () => {
  expect(monthIn('Europe/Amsterdam', '2026-10')).toEqual({
    from: '2026-09-30T22:00:00.000Z',
    until: '2026-10-31T23:00:00.000Z',
  });
  expect(monthIn('Europe/Amsterdam', '2026-12').until).toBe('2026-12-31T23:00:00.000Z');
  expect(thisMonth('Europe/Amsterdam', new Date('2026-10-31T23:30:00.000Z'))).toBe('2026-11');
  expect(monthBefore('2026-01')).toBe('2025-12');
});

test('Every month that can be written has a beginning and an end, also in a year that nobody means', () => {
  const months = ['0000-01', '0001-01', '0078-03', '0099-12', '1582-10', '9999-11', '9999-12'];
  for (const timeZone of ['Europe/Amsterdam', 'Pacific/Kiritimati', 'America/St_Johns'])
    for (const month of months) {
      const { from, until } = monthIn(timeZone, month);
      const days = (Date.parse(until) - Date.parse(from)) / 86_400_000;
      expect({ month, timeZone, isMonth: days > 27.9 && days < 31.1 }).toEqual({
        month,
        timeZone,
        isMonth: true,
      });
      const begins = Date.parse(`${month}-01T00:00:00Z`);
      expect(Math.abs(Date.parse(from) - begins)).toBeLessThan(15 * 60 * minute);
    }
});

test.each([
  ['2026-10', true],
  ['2026-13', false],
  ['october', false],
  ['2026-1', false],
])('%s is a month: %s', (text, yes) => expect(isMonth(text)).toBe(yes));
