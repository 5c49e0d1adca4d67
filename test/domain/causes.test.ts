import { describe, expect, test } from '@jest/globals';
import { counts, explainCause, linkCauses, untilNextLook, whatProves } from '../../domain/causes.ts';

describe('why a link is broken', () => {
  test.each(linkCauses)('%s is said with the names people know, and so is the next step', (cause) => {
    const { what, mend } = explainCause(cause, { system: 'Exact Online', login: 'CX_Basecone' });
    expect(what).toMatch(/CX_Basecone|Exact Online/);
    expect(mend).toMatch(/Reconnect|Exact Online|\/syncuser change|whoever runs Syncuser/);
    expect(what + mend).not.toMatch(/[{}]/);
    expect(mend).toMatch(/\.$/);
  });

  test.each(linkCauses)(
    '%s can begin a sentence, in which the name of the login keeps its letters',
    (cause) => {
      const { what, opening } = explainCause(cause, { system: 'Tryton', login: 'cx_basecone' });
      expect(opening).toMatch(/^(cx_basecone|[A-Z])/);
      expect(opening.slice(1)).toBe(what.slice(1));
    },
  );

  test('no two causes are said in the same words', () => {
    const said = linkCauses.map((cause) => explainCause(cause, { system: 'S', login: 'L' }).what);
    expect(new Set(said).size).toBe(linkCauses.length);
  });
});

describe('what proves it', () => {
  test.each(linkCauses)('is said of %s, in words of its own', (cause) => {
    expect(whatProves(cause)).toMatch(/refused|reason|names|came/);
  });

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
