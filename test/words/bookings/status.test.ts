import { describe, expect, test } from '@jest/globals';
import type { BookingStatus } from '../../../domain/bookings/booking-status.ts';
import { bookingInWords } from '../../../words/bookings/status.ts';
import { whyMonthIsOpen } from '../../../words/bookings/month.ts';
import { whyRefused } from '../../../words/logins/refusals.ts';
import { statusWord } from '../../../words/connections/status.ts';
import { capital, series } from '../../../words/sentence.ts';

describe('How far a booking is', () => {
  const status = (changes: Partial<BookingStatus>): BookingStatus =>
    ({ state: 'accepted', reason: null, misfits: [], entryNumber: null, ...changes }) as BookingStatus;
  const misfit = { field: 'supplier', why: 'blocked' } as unknown as BookingStatus['misfits'][number];

  test('is one sentence', () => {
    const words = (changes: Partial<BookingStatus>) => bookingInWords(status(changes)).words;
    expect(words({})).toBe('It is being delivered.');
    expect(words({ state: 'held' })).toBe('It is kept, and delivered once: it waits for its turn.');
    expect(words({ state: 'held', reason: 'company-not-reachable' })).toBe(
      'It is kept, and delivered once: the company cannot be reached at the moment.',
    );
    expect(words({ state: 'misfit', misfits: [misfit] })).toBe(
      'It was not booked, because a part of it does not fit. Correct or withdraw it.',
    );
    expect(words({ state: 'misfit', misfits: [misfit, misfit] })).toBe(
      'It was not booked, because parts of it do not fit. Correct or withdraw it.',
    );
    expect(words({ state: 'delivered', entryNumber: '20261' })).toBe(
      'It is entry 20261 in the accounting system.',
    );
    expect(words({ state: 'withdrawn' })).toBe('It was withdrawn, and is not booked.');
  });

  test('has words for each part that does not fit', () => {
    expect(bookingInWords(status({ state: 'misfit', misfits: [misfit] })).misfits).toEqual([
      { ...misfit, words: 'is blocked' },
    ]);
  });
});

test('Why a month cannot be closed is one sentence, with how many bookings', () => {
  const why = (reason: Parameters<typeof whyMonthIsOpen>[0]['why'], bookings: number | null = null) =>
    whyMonthIsOpen({ why: reason, bookings });
  expect(why('month-not-over')).toBe('The month is not over yet.');
  expect(why('not-connected')).toBe(
    'The accounting system is not connected, so nobody knows what is missing.',
  );
  expect(why('company-not-reachable')).toBe('The company is not reached.');
  expect(why('master-data-stale')).toBe('The master data of the company has not come in for a day.');
  expect(why('deliveries-stopped')).toBe('All deliveries of this connection are stopped.');
  expect(why('bookings-misfit', 1)).toBe('1 booking does not fit, and must be corrected or withdrawn.');
  expect(why('bookings-misfit', 2)).toBe('2 bookings do not fit, and must be corrected or withdrawn.');
  expect(why('bookings-waiting', 1)).toBe('1 booking is not in the accounting system yet.');
  expect(why('bookings-waiting', 3)).toBe('3 bookings are not in the accounting system yet.');
});

test('Why a login was not taken is told in a few words', () => {
  expect(whyRefused({ result: 'wrong-user', login: 'Tom', expected: 'CX' })).toBe(
    'logged in as Tom, but this connection uses CX',
  );
  expect(whyRefused({ result: 'wrong-environment', environment: 'Other', expected: 'Office' })).toBe(
    'logged in to Other, but this connection uses Office',
  );
  expect(whyRefused({ result: 'no-companies', login: 'Tom' })).toBe(
    'Tom reaches none of the linked companies',
  );
  expect(whyRefused({ result: 'refused', cause: 'cancelled' })).toBe('the login was cancelled');
  expect(whyRefused({ result: 'refused', cause: 'grant-lost' })).toBe('the login took too long');
  expect(whyRefused({ result: 'no-longer-needed' })).toBe('the login was not needed');
  expect(whyRefused({ result: 'linked', login: 'Tom', environment: 'Office', reachable: 1, total: 1 })).toBe(
    'the login was not needed',
  );
});

test('One word says how a connection is', () => {
  const since = '2026-11-23T10:00:00.000Z';
  const word = (state: 'connecting' | 'connected' | 'abandoned') => statusWord({ link: { state, since } });
  expect(word('connecting')).toBe('Waiting for login');
  expect(word('connected')).toBe('Connected');
  expect(word('abandoned')).toBe('Set-up abandoned');
  expect(statusWord({ link: { state: 'disconnected', since, cause: 'user-blocked' } })).toBe('Disconnected');
});

test('A series names each once, with "and" before the last', () => {
  expect([[], ['A'], ['A', 'B', 'A'], ['A', 'B', 'C']].map(series)).toEqual([
    '',
    'A',
    'A and B',
    'A, B and C',
  ]);
  expect(capital('words here')).toBe('Words here');
});
