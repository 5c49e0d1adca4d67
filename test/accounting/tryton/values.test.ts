import { describe, expect, test } from '@jest/globals';
import {
  asPercentage,
  asTrytonMoment,
  day,
  decimal,
  flag,
  moment,
  withReadableDays,
} from '../../../accounting/tryton/values.ts';

const asDecimal = (text: string) => decimal.parse({ __class__: 'Decimal', decimal: text });

describe('A value from Tryton', () => {
  test.each([
    ['21', '21'],
    ['95.5000', '95.5000'],
    ['-0.10', '-0.10'],
    ['1E+3', '1000'],
    ['1.25E-7', '0.000000125'],
    ['0E-4', '0.0000'],
    ['12345678901234567890.123456789', '12345678901234567890.123456789'],
  ])('decimal %s is %s, digit by digit', (text, plain) => {
    expect(asDecimal(text)).toBe(plain);
  });

  test.each([
    ['0.21', '21'],
    ['0.0900', '9.00'],
    ['0', '0'],
    ['0.005', '0.5'],
    ['1.5', '150'],
    ['-0.21', '-21'],
  ])('rate %s is %s percent', (rate, percentage) => {
    expect(asPercentage(rate)).toBe(percentage);
  });

  test('a date is a day', () => {
    expect(day.parse({ __class__: 'date', year: 2026, month: 1, day: 5 })).toBe('2026-01-05');
  });

  test('a moment goes both ways to the microsecond', () => {
    const sent = {
      __class__: 'datetime',
      year: 2026,
      month: 11,
      day: 23,
      hour: 7,
      minute: 4,
      second: 9,
      microsecond: 272837,
    };

    expect(moment.parse(sent)).toBe('2026-11-23T07:04:09.272837Z');
    expect(asTrytonMoment('2026-11-23T07:04:09.272837Z')).toEqual(sent);
    expect(asTrytonMoment('2026-11-23T07:04:09.25Z')).toMatchObject({ microsecond: 250000 });
  });

  test('a flag is also a number, as SQLite has it, but nothing else', () => {
    expect([flag.parse(1), flag.parse(0), flag.parse(true)]).toEqual([true, false, true]);
    expect(flag.safeParse(2).success).toBe(false);
  });

  test('a number in floating point is no decimal', () => {
    expect(decimal.safeParse(0.1).success).toBe(false);
  });
});

test('a day that Tryton writes in English is read as the day it is', () => {
  const said = 'The date "11/12/2026" is outside, see 13/40/2026 and 1/2.';
  expect(withReadableDays(said, { language: 'en' })).toBe(
    'The date "12 Nov 2026" is outside, see 13/40/2026 and 1/2.',
  );
  expect(withReadableDays(said, { language: 'fr' })).toBe(said);
});
