import { expect, test } from '@jest/globals';
import { isSameInvoice } from '../../../domain/bookings/same-invoice.ts';

const booked = { invoiceDate: '2026-11-20' };

test.each([
  ['in the same year', { number: '26500001', date: '2026-01-02' }, booked, true],
  ['a year before', { number: '25500001', date: '2025-11-20' }, booked, false],
  ['just across the turn of the year', { number: '27500001', date: '2027-01-05' }, booked, true],
  ['well across the turn of the year', { number: '27500001', date: '2027-01-20' }, booked, false],
  ['that has no date yet', { number: 'draft 7', date: null }, booked, true],
  [
    'that somebody has looked at',
    { number: '26500001', date: '2026-01-02' },
    { ...booked, besides: ['26500001'] },
    false,
  ],
  [
    'that nobody has looked at, beside another one',
    { number: '26500002', date: '2026-01-02' },
    { ...booked, besides: ['26500001'] },
    true,
  ],
])('An entry under the number of a booking, %s: %p', (_, entry, booking, same) => {
  expect(isSameInvoice(entry, booking)).toBe(same);
});
