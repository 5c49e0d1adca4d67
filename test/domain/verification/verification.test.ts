import { describe, expect, test } from '@jest/globals';
import type { MasterDataKind } from '../../../domain/master-data.ts';
import {
  changeBy,
  compare,
  countReach,
  judgeCandidate,
  mustAsk,
  type Answer,
  type Right,
} from '../../../domain/verification/verification.ts';

const right = (
  companyId: string,
  kind: MasterDataKind,
  answer: Answer,
  more: Partial<Right> = {},
): Right => ({
  companyId,
  kind,
  answer,
  evidence: 'right-check',
  barrier: null,
  known: answer === 'unknown' ? null : answer,
  checkedAt: '2026-11-23T10:00:00.000Z',
  ...more,
});
const cells = (rights: readonly Right[]) => rights.map(({ companyId, kind }) => `${companyId} ${kind}`);

describe('Comparing two matrices', () => {
  test('tells what was lost, what was gained, and what nobody can tell', () => {
    const before = [
      right('a', 'journal', 'yes'),
      right('a', 'item', 'yes'),
      right('a', 'project', 'no'),
      right('b', 'journal', 'yes'),
    ];
    const after = [
      right('a', 'journal', 'no', { barrier: 'user-right' }),
      right('a', 'item', 'unknown'),
      right('a', 'project', 'yes'),
      right('c', 'journal', 'yes'),
    ];
    const { lost, gained, uncertain } = compare(before, after);
    expect(lost).toEqual([after[0]]);
    expect(cells(gained)).toEqual(['a project', 'c journal']);
    expect(cells(uncertain)).toEqual(['a item', 'b journal']);
  });

  test('sees a loss behind an answer that was not to be had for a while', () => {
    const before = [right('a', 'journal', 'unknown', { known: 'yes' })];
    expect(cells(compare(before, [right('a', 'journal', 'no')]).lost)).toEqual(['a journal']);
  });

  test('of what nobody knew takes nothing for a loss or a gain', () => {
    const before = [right('a', 'journal', 'unknown'), right('a', 'item', 'unknown')];
    const after = [right('a', 'journal', 'no'), right('a', 'item', 'yes')];
    expect(compare(before, after)).toEqual({ lost: [], gained: [], uncertain: [] });
  });
});

describe('A candidate', () => {
  const inUse = [right('a', 'journal', 'yes'), right('b', 'journal', 'yes'), right('c', 'journal', 'no')];

  test('fits when they read at least what is read now', () => {
    const candidate = inUse.map((one) => ({ ...one, answer: 'yes' as const }));
    const judged = judgeCandidate(inUse, candidate, new Set(['a', 'b', 'c']));
    expect(judged).toMatchObject({ verdict: 'fits', lost: [], uncertain: [] });
    expect(cells(judged.gained)).toEqual(['c journal']);
  });

  test('loses when one right of a linked company is missing, however much they gain', () => {
    const candidate = [
      right('a', 'journal', 'yes'),
      right('b', 'journal', 'no'),
      right('c', 'journal', 'yes'),
    ];
    expect(judgeCandidate(inUse, candidate, new Set(['a', 'b', 'c'])).verdict).toBe('loses');
    expect(judgeCandidate(inUse, candidate, new Set(['a', 'c'])).verdict).toBe('fits');
  });

  test('is uncertain when nobody can tell whether they read it', () => {
    const candidate = [right('a', 'journal', 'yes'), right('b', 'journal', 'unknown')];
    expect(judgeCandidate(inUse, candidate, new Set(['a', 'b'])).verdict).toBe('uncertain');
    expect(judgeCandidate(inUse, candidate.slice(0, 1), new Set(['a', 'b'])).verdict).toBe('uncertain');
  });
});

describe('Whether a cell is asked for', () => {
  const verification = { startedAt: '2026-11-24T10:00:00.000Z', believedSince: '2026-11-24T04:00:00.000Z' };
  const checked = (answer: Answer, checkedAt: string) => right('a', 'journal', answer, { checkedAt });

  test.each([
    ['what nobody looked for yet', undefined, true],
    ['a yes that is young enough', checked('yes', '2026-11-24T05:00:00.000Z'), false],
    ['a yes that is older', checked('yes', '2026-11-24T03:00:00.000Z'), true],
    ['a no, which may be mended', checked('no', '2026-11-24T09:59:00.000Z'), true],
    ['an unknown, which may be known', checked('unknown', '2026-11-24T09:59:00.000Z'), true],
    ['what this verification asked already', checked('no', '2026-11-24T10:01:00.000Z'), false],
  ])('%s', (_, cell, due) => {
    expect(mustAsk(cell, verification)).toBe(due);
  });

  test('a young yes is asked for again when a round was refused since', () => {
    const cell = checked('yes', '2026-11-24T05:00:00.000Z');
    expect(mustAsk(cell, verification, '2026-11-24T09:00:00.000Z')).toBe(true);
    expect(mustAsk(cell, verification, '2026-11-24T04:30:00.000Z')).toBe(false);
  });
});

test('an unknown is neither a loss nor a gain', () => {
  expect(changeBy({ known: 'yes' }, right('a', 'journal', 'unknown'))).toBeNull();
  expect(changeBy({ known: 'yes' }, right('a', 'journal', 'no'))).toBe('lost');
  expect(changeBy({ known: 'no' }, right('a', 'journal', 'yes'))).toBe('gained');
  expect(changeBy(undefined, right('a', 'journal', 'no'))).toBeNull();
});

test('companies are counted by the worst that is known of them', () => {
  const matrix = [
    right('a', 'journal', 'yes'),
    right('a', 'item', 'yes'),
    right('b', 'journal', 'yes'),
    right('b', 'item', 'no'),
    right('c', 'journal', 'no'),
    right('c', 'item', 'no'),
    right('d', 'journal', 'yes'),
    right('d', 'item', 'unknown'),
  ];
  expect(countReach(matrix)).toEqual({ companies: 4, fine: 1, partly: 1, unreachable: 1, unknown: 1 });
});
