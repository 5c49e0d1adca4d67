import { describe, expect, test } from '@jest/globals';
import { keysIn, mayMean, whichOnes } from '../../domain/meant.ts';

const guid = 'abcdef01-2345-6789-abcd-ef0123456789';

describe('A name', () => {
  test('may be an id or a code, and says which of the two it is when it begins so', () => {
    const row = { externalId: '3', code: '7' };
    expect(['3', '7', 'id:3', 'code:7'].every((name) => mayMean(name, row))).toBe(true);
    expect(['id:7', 'code:3', '', 'code:null'].some((name) => mayMean(name, row))).toBe(false);
    expect(mayMean('code:null', { externalId: '3', code: null })).toBe(false);
  });

  test('of a GUID is the same in capital letters; of any other id it is not', () => {
    expect(mayMean(`id:${guid.toUpperCase()}`, { externalId: guid, code: null })).toBe(true);
    expect(mayMean('AB', { externalId: 'ab', code: null })).toBe(false);
    expect(mayMean(`x${guid}`.toUpperCase(), { externalId: `x${guid}`, code: null })).toBe(false);
    expect(mayMean(`${guid}x`.toUpperCase(), { externalId: `${guid}x`, code: null })).toBe(false);
  });

  test('is looked for by every id and code that it may be', () => {
    expect(keysIn('3')).toEqual(['3']);
    expect(keysIn('id:3')).toEqual(['id:3', '3']);
    expect(keysIn('code:3')).toEqual(['code:3', '3']);
    expect(keysIn(guid.toUpperCase())).toEqual([guid.toUpperCase(), guid]);
  });
});

test('what a name may mean is told in the order of the codes, five at most, and how many more there are', () => {
  const rows = ['9', '10', '8', '7', '11', '12'].map((code) => ({
    externalId: `e${code}`,
    code,
    name: `N${code}`,
  }));
  const five =
    'id:e7 is N7 (code 7), id:e8 is N8 (code 8), id:e9 is N9 (code 9), id:e10 is N10 (code 10), id:e11 is N11 (code 11)';
  expect(whichOnes(rows)).toBe(`${five}, 1 more`);
  expect(whichOnes(rows.slice(0, 5))).toBe(five);
  expect(whichOnes([{ externalId: '1', code: null, name: 'Peters' }])).toBe('id:1 is Peters');
});
