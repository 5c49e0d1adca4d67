import { describe, expect, test } from '@jest/globals';
import { oneLine, parseStorable, placeOf, unfitPart, unfitText } from '../../domain/plain-text.ts';

describe('A text', () => {
  test.each(['Café de l’Œuf & Zn. "B.V."', '日本語', '👩‍🚀 ❤️', 'שלום', '', '%2E\\/?#'])(
    '%j can be taken',
    (text) => {
      expect(unfitText(text)).toBeNull();
    },
  );

  test.each([
    ['a\0b', 'U+0000'],
    ['a\nb', 'U+000A'],
    ['a\u0085b', 'U+0085'],
    ['a\ud83d', 'U+D83D'],
    ['\udc00a', 'U+DC00'],
    ['a\u2028b', 'U+2028'],
    ['gnp.\u202Eexe', 'U+202E'],
    ['a\u2066b', 'U+2066'],
    ['a\uFFFEb', 'U+FFFE'],
  ])('%j cannot', (text, code) => {
    expect(unfitText(text)).toBe(`has a character that cannot be taken (${code})`);
  });

  test('of several lines becomes one', () => {
    expect(oneLine(' a\n\n b\tc ')).toBe('a b c');
  });
});

describe('Of what is sent', () => {
  test('the place is told where a text cannot be taken, the first first', () => {
    const sent = { a: 'fine', lines: [{ n: 1 }, { text: 'b\0' }, { text: 'c\0' }], z: '\0' };
    const part = unfitPart(sent);
    expect(placeOf(part?.path ?? [])).toBe('lines[1].text');
    expect(unfitPart({ a: ['fine', null, 1, true] })).toBeNull();
  });

  test('the names are looked at as well, and any depth', () => {
    expect(unfitPart({ a: { 'b\0': 1 } })).toMatchObject({ path: ['a'] });
    const deep = JSON.parse(`${'['.repeat(200_000)}"\\u0000"${']'.repeat(200_000)}`) as unknown;
    expect(unfitPart(deep)?.path).toHaveLength(200_000);
  });
});

test('What a package gives is made storable, and nothing else is touched', () => {
  expect(parseStorable('{"a":"x\\u0000y \\uD83D z \\ud83d\\ude00","b":["\\u0001\\\\u0000",1]}')).toEqual({
    a: 'x\ufffdy \ufffd z 😀',
    b: ['\u0001\\u0000', 1],
  });
});
