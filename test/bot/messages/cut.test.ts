import { describe, expect, test } from '@jest/globals';
import { cut } from '../../../bot/messages/cut.ts';

const family = '👩‍👩‍👧‍👦';

describe('What is cut', () => {
  test('stays as it is when it fits', () => {
    expect(cut('Bakkerij', 8)).toBe('Bakkerij');
  });
  test('says that something is left out, and fits', () => {
    expect(cut('Bakkerij', 7)).toBe('Bakker…');
  });
  test.each([
    ['an emoji of several parts', `ab${family}`, 6, 'ab…'],
    ['a letter and its accent', 'Cafe\u0301s', 5, 'Caf…'],
    ['an entity', 'Jansen &amp; Zn', 10, 'Jansen …'],
    ['a date', 'since <!date^1795427760^{time}|09:56 UTC>, because', 20, 'since …'],
    ['a mention', 'ask <@U0TOM> now', 8, 'ask …'],
  ])('never ends inside %s', (_what, text, longest, shown) => {
    expect(cut(text, longest)).toBe(shown);
  });
  test('may end right behind a token', () => {
    expect(cut('a &amp; b and c', 8)).toBe('a &amp;…');
    expect(cut('ask <@U0TOM> now', 13)).toBe('ask <@U0TOM>…');
  });
  test('is at most as long as it may be, wherever it ends', () => {
    const text = `${family}&amp;<!date^1^{time}|x>Zoë`.repeat(20);
    for (let longest = 1; longest < 200; longest += 1)
      expect(cut(text, longest).length).toBeLessThanOrEqual(longest);
  });
});
