import { expect, test } from '@jest/globals';
import { fieldInWords } from '../../../words/bookings/fields.ts';

test('a part of a booking is called as on the page where it was entered, its line counted from one', () => {
  const parts = ['supplier', 'journal', 'invoiceNumber', 'bookAs', 'booking'];
  expect(parts.map(fieldInWords)).toEqual([
    ...['supplier', 'journal', 'invoice number', 'office user', 'the booking'],
  ]);
  expect(fieldInWords('lines.0.glAccount')).toBe('line 1, GL account');
  expect(fieldInWords('lines.11.vatCode')).toBe('line 12, VAT code');
  const others = ['costCentre', 'costUnit', 'project'].map((name) => fieldInWords(`lines.1.${name}`));
  expect(others).toEqual(['line 2, cost centre', 'line 2, cost unit', 'line 2, project']);
});

test('what is not known keeps its name', () => {
  expect(['somethingElse', 'xlines.0.project', 'lines.0.project.x'].map(fieldInWords)).toEqual([
    ...['somethingElse', 'xlines.0.project', 'lines.0.project.x'],
  ]);
  expect(fieldInWords('lines.0.other')).toBe('line 1, other');
});
