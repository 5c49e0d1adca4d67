import { describe, expect, test } from '@jest/globals';
import { inWords } from '../in-words.ts';
import type { Message } from '../../../bot/messages/blocks.ts';
import { wholeListModal } from '../../../bot/modals/whole-list.ts';
import { largest, longCompanies } from '../largest.ts';
import { violations } from '../limits.ts';

const everything = Object.entries(largest).flatMap(([what, examples]) =>
  examples.map((announcement, index): [string, Message] => [`${what} ${index + 1}`, inWords(announcement)]),
);

/** Pages of what "Show all" opens: all of them, or only the first, the second and the last. */
function pagesOf({ id, lines }: NonNullable<Message['whole']>, which: 'all' | 'some' = 'some') {
  const first = wholeListModal({ id, lines, page: 1 });
  const count = Number(/of ([\d,]+)/.exec(first.submit?.text ?? 'of 1')?.[1]?.replace(',', ''));
  const others = which === 'all' ? Array.from({ length: count - 1 }, (_, index) => index + 2) : [2, count];
  return [first, ...others.map((page) => wholeListModal({ id, lines, page }))];
}

describe('What Syncuser says of its own accord', () => {
  test.each(everything)('stays within what Slack takes at its largest: %s', (_name, message) => {
    expect(violations(message)).toEqual([]);
    for (const page of message.whole ? pagesOf(message.whole) : []) expect(violations(page)).toEqual([]);
  });

  test.each([
    ['a loss that is to be agreed to', 'change-decision'],
    ['companies that are hit', 'disconnection'],
    ['companies that can be added', 'companies-news'],
    ['what a verification found', 'verification'],
    ['what a team loses', 'lost-by-change'],
  ] as const)(
    'hides nothing of %s: each company stands behind the button, and the rest is counted',
    (_what, kind) => {
      const message = inWords(largest[kind].at(-1) ?? (largest[kind][0] as never));
      const first = inWords(largest[kind][0] as never);
      const { whole } = message.whole ? message : first;
      const drawn = JSON.stringify((message.whole ? message : first).blocks);
      const all = whole ? JSON.stringify(pagesOf(whole, 'all')) : '';
      for (const { code } of longCompanies)
        expect(all).toMatch(new RegExp(`[•◦] ${code} ${Number(code) - 1_000} `));
      expect(drawn).toMatch(/and \d[\d,]* more/);
      expect(drawn).toContain('Show all');
    },
  );
});

describe('The limits', () => {
  const words = (length: number): Message => ({
    text: 'x'.repeat(length),
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(length) } }],
  });
  test('are broken by what Slack would refuse', () => {
    expect(violations(words(3_000))).toEqual([]);
    expect(violations(words(3_001))).toEqual(['text of section: 3001 of 3000']);
    expect(
      violations({ text: 'x', blocks: Array.from({ length: 51 }, () => ({ type: 'divider' })) }),
    ).toEqual(['blocks of a message: 51 of 50']);
    expect(
      violations({ text: 'x', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'a &am…' } }] }),
    ).toEqual([expect.stringContaining('a torn end')]);
  });
});
