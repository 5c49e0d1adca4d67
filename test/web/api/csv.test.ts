import { expect, test } from '@jest/globals';
import { csvLine } from '../../../web/api/csv.ts';

test('commas, quotes and lines stay in their cell', () => {
  expect(csvLine(['a,b', 'say "no"', 'two\nlines', ''])).toBe('"a,b","say ""no""","two\nlines",\r\n');
});

test('what begins like a formula is text', () => {
  expect(csvLine(['=1+1', '-2', '@x', '+3'])).toBe("'=1+1,'-2,'@x,'+3\r\n");
});
