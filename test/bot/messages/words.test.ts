import { describe, expect, test } from '@jest/globals';
import { escaped, oneStop, sentenceOf, within } from '../../../bot/messages/words.ts';
import { folded } from '../../../domain/typed.ts';

describe('Words from outside', () => {
  test.each([
    ['bold', '*Jansen*', '∗Jansen∗'],
    ['italics', '_Jansen_ en _Zn', 'ˍJansenˍ en ˍZn'],
    ['strikes', '~Jansen~', '∼Jansen∼'],
    ['code', 'O`Brien', 'OˋBrien'],
    ['a mention', '<!channel>', '&lt;!channel&gt;'],
    ['a link', '<https://evil.example.com|Exact>', '&lt;https://evil.example.com|Exact&gt;'],
    ['an emoji', ':red_circle: fine', '∶red_circle: fine'],
    ['a quote', '> said', '› said'],
    ['another line', 'Jansen\r\n• everything', 'Jansen • everything'],
    ['the other direction', 'Exact\u202eenilnO\u200b', 'ExactenilnO'],
  ])('cannot draw %s', (_what, text, drawn) => {
    expect(escaped(text)).toBe(drawn);
  });
  test.each(['CX_Basecone', 'a*b', '09:30:15', 'Bakkerij ’t Hoekje'])('stay as they are: %s', (text) => {
    expect(escaped(text)).toBe(text);
  });
  test('that are copied from a message are found', () => {
    for (const text of ['*Jansen* `x` _y', '> said :smile:'])
      expect(folded(escaped(text).replaceAll('&gt;', '>'))).toBe(folded(text));
  });
});

test('A sentence of ours keeps its commands, and draws nothing of others', () => {
  expect(sentenceOf('No *x*. Type `/syncuser setup` now.')).toBe('No ∗x∗. Type `/syncuser setup` now.');
});

test('A sentence that ends with B.V. has one full stop', () => {
  expect(oneStop('of Bakkerij B.V.. And so on...')).toBe('of Bakkerij B.V. And so on...');
});

test.each([
  [0, '1 minute'],
  [60_000, '1 minute'],
  [60_001, '2 minutes'],
  [59.5 * 60_000, '1 hour'],
  [61 * 60_000, '2 hours'],
  [25 * 3_600_000, '2 days'],
])('within %d ms is never said to be less than it was: %s', (ms, words) => {
  expect(within(ms)).toBe(words);
});
