import { describe, expect, test } from '@jest/globals';
import { folded, unescapedOnce, unfitName } from '../../domain/typed.ts';

describe('Texts that look the same are the same', () => {
  test.each([
    ['curly quotes', 'O’Brien “Quotes” Ltd', 'o\'brien "quotes" ltd'],
    ['two Unicode forms of one letter', 'Caf\u00e9', 'Cafe\u0301'],
    ['long dashes', 'Noord – Zuid', 'noord - zuid'],
    ['spaces that do not break, and several', ' Jansen\u00a0&  Zn ', 'Jansen & Zn'],
    ['characters that nobody sees', 'Exact\u200b On\u202eline', 'exact online'],
    ['wide letters', 'Ｅｘａｃｔ', 'exact'],
    ['case with letters of its own', 'Straße', 'STRASSE'],
    ['the signs a message shows for marks', '∗Noord∗ aˋb', "*noord* a'b"],
  ])('%s', (_what, one, other) => {
    expect(folded(one)).toBe(folded(other));
  });
  test('and others are not', () => {
    expect(folded('Jansen & Zn')).not.toBe(folded('Jansen en Zn'));
    expect(folded('“Bakkerij Jansen B.V.”')).toBe(folded('bakkerij jansen b.v.'));
    expect(folded('"')).toBe('"');
  });
});

test('Entities of Slack become what was typed, once', () => {
  expect(unescapedOnce('Jansen &amp; Zn &lt;NL&gt;')).toBe('Jansen & Zn <NL>');
  expect(unescapedOnce('&amp;lt;')).toBe('&lt;');
});

describe('The name of a connection', () => {
  const others = { codes: ['NOORD', '101'], taken: ['Exact Online'] };
  test.each([
    ['with a line break', 'Exact\nOnline', 'characters that nobody sees'],
    ['that turns the line around', 'Exact\u202e', 'characters that nobody sees'],
    ['with a space of no width', 'Tryton\u200b', 'characters that nobody sees'],
    ['that is a number', '104', 'taken for a company’s code'],
    ['that is the code of a company', 'noord', 'A company has this code'],
    ['that looks like another one', 'ＥＸＡＣＴ online', 'looks the same'],
  ])('%s is refused', (_what, name, why) => {
    expect(unfitName(name, others)).toContain(why);
  });
  test('may have quotes, accents and symbols', () => {
    expect(unfitName('Café “Noord” ❤️ & Zn', others)).toBeNull();
  });
});
