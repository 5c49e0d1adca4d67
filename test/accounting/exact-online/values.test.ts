import { describe, expect, test } from '@jest/globals';

import { date, decimal, guid, text, timestamp } from '../../../accounting/exact-online/schemas.ts';
import { day, moment, percentage } from '../../../accounting/exact-online/values.ts';

describe('values of Exact Online', () => {
  test('a padded code is told without its spaces, and an empty one is absent', () => {
    expect(text.parse('                 8')).toBe('8');
    expect(text.parse('NL ')).toBe('NL');
    expect(text.parse('   ')).toBeNull();
    expect(text.parse(undefined)).toBeNull();
  });

  test('a date in milliseconds becomes a moment or a day', () => {
    const ms = date.parse('/Date(1382667872203)/');
    expect(moment(ms)).toBe('2013-10-25T02:24:32.203Z');
    expect(day(ms)).toBe('2013-10-25');
    expect(moment(date.parse(null))).toBeNull();
    expect(date.safeParse('2013-10-25').success).toBe(false);
  });

  test.each([
    ['0.21', '21'],
    ['0.055', '5.5'],
    ['0', '0'],
    ['1', '100'],
    ['0.07', '7'],
    ['0.123456789', '12.3456789'],
    ['-0.02', '-2'],
    ['1e-7', '0.00001'],
  ])('the fraction %s is %s percent, to the last digit', (fraction, percent) => {
    expect(percentage(fraction)).toBe(percent);
  });

  test('a decimal may come as a number or as text', () => {
    expect(decimal.parse(0.21)).toBe('0.21');
    expect(decimal.parse('1234567890.12')).toBe('1234567890.12');
  });

  test('a row version may come as a number or as text, and keeps all its digits', () => {
    expect(timestamp.parse(13419952052)).toBe('13419952052');
    expect(timestamp.parse('9223372036854775807')).toBe('9223372036854775807');
  });

  test('an id is the same, in whatever letters it comes', () => {
    expect(guid.parse('3c53f3c6-0d3e-4a37-b2c2-2a6e3f1f0001')).toBe('3c53f3c6-0d3e-4a37-b2c2-2a6e3f1f0001');
    expect(guid.parse('3C53F3C6-0D3E-4A37-B2C2-2A6E3F1F0001')).toBe('3c53f3c6-0d3e-4a37-b2c2-2a6e3f1f0001');
  });
});
