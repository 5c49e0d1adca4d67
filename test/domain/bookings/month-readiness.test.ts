import { describe, expect, test } from '@jest/globals';
import { monthReadiness, type MonthFacts } from '../../../domain/bookings/month-readiness.ts';
import { whyMonthIsOpen } from '../../../words/bookings/month.ts';

const connection = {
  link: { state: 'connected', since: '2026-01-01T00:00:00Z' },
  health: { state: 'ok' },
  pausedBy: null,
} as const;
const facts: MonthFacts = {
  month: '2026-10',
  today: '2026-11-03',
  now: new Date('2026-11-03T10:00:00Z'),
  connection,
  data: [],
  company: { linked: true, status: 'reachable' },
  lastSuccessAt: '2026-11-03T09:45:00Z',
  bookings: { accepted: 0, held: 0, misfit: 0, delivered: 31, withdrawn: 2 },
  stopped: false,
};

describe('May I close the month?', () => {
  test('yes, when all of it is in the books', () => {
    expect(monthReadiness(facts)).toEqual({ month: '2026-10', ready: true, reasons: [] });
  });

  test.each<[string, Partial<MonthFacts>, string]>([
    ['while the month lasts', { today: '2026-10-31' }, 'month-not-over'],
    [
      'while the connection is broken',
      {
        connection: { ...connection, link: { state: 'disconnected', since: '', cause: 'consent-withdrawn' } },
      },
      'not-connected',
    ],
    [
      'while the company is not reached',
      { company: { linked: true, status: 'no-access' } },
      'company-not-reachable',
    ],
    ['on master data of yesterday', { lastSuccessAt: '2026-11-02T09:45:00Z' }, 'master-data-stale'],
    ['while deliveries are stopped', { stopped: true }, 'deliveries-stopped'],
    ['while a booking does not fit', { bookings: { ...facts.bookings, misfit: 1 } }, 'bookings-misfit'],
    ['while a booking is held', { bookings: { ...facts.bookings, held: 2 } }, 'bookings-waiting'],
  ])('not %s', (_, changes, why) => {
    const answer = monthReadiness({ ...facts, ...changes });
    expect(answer).toMatchObject({ ready: false, reasons: [{ why }] });
    expect(answer.reasons).toHaveLength(1);
  });

  test('with every reason at once, in words', () => {
    const bookings = { ...facts.bookings, misfit: 1, held: 2 };
    expect(monthReadiness({ ...facts, bookings }).reasons.map(whyMonthIsOpen)).toEqual([
      '1 booking does not fit, and must be corrected or withdrawn.',
      '2 bookings are not in the accounting system yet.',
    ]);
  });
});

test('The master data of a month’s company is stale after a day, and when it never came in', () => {
  const why = (lastSuccessAt: string | null) =>
    monthReadiness({ ...facts, lastSuccessAt }).reasons.map((reason) => reason.why);
  expect(why('2026-11-02T10:00:00.000Z')).toEqual([]);
  expect(why('2026-11-02T09:59:59.999Z')).toEqual(['master-data-stale']);
  expect(why(null)).toEqual(['master-data-stale']);
});
