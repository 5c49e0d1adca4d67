import { describe, expect, test } from '@jest/globals';
import { linkCauses } from '../../domain/causes.ts';
import { explainCause, whatProves } from '../../words/causes.ts';

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
});
