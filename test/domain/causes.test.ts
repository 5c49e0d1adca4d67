import { describe, expect, test } from '@jest/globals';
import { counts, untilNextLook } from '../../domain/causes.ts';

describe('What proves that a link is broken', () => {
  test('is never one odd answer: a doubt counts when it has lasted, and that of the app within a minute', () => {
    const minute = 60_000;
    expect(counts('not-accepted', 15 * minute - 1)).toBe(false);
    expect(counts('not-accepted', 15 * minute)).toBe(true);
    expect(counts('app-refused', 29_999)).toBe(false);
    expect(counts('app-refused', 30_000)).toBe(true);
  });

  test('a doubt is looked at after 20 seconds, then less and less often, and fewer than ten times until it counts', () => {
    const looks: number[] = [];
    for (let at = 0; !counts('not-accepted', at); at += untilNextLook(at)) looks.push(at / 1000);
    expect(looks).toEqual([0, 20, 40, 80, 160, 320, 560, 800]);
  });
});
