import { describe, expect, test } from '@jest/globals';
import { explainCause, linkCauses } from '../../domain/causes.ts';

describe('why a link is broken', () => {
  test.each(linkCauses)('%s is said with the names people know, and so is the next step', (cause) => {
    const { what, mend } = explainCause(cause, { system: 'Exact Online', login: 'CX_Basecone' });
    expect(what).toMatch(/CX_Basecone|Exact Online/);
    expect(mend).toMatch(/Reconnect|Exact Online|\/syncuser change/);
    expect(what + mend).not.toMatch(/[{}]/);
    expect(mend).toMatch(/\.$/);
  });

  test('no two causes are said in the same words', () => {
    const said = linkCauses.map((cause) => explainCause(cause, { system: 'S', login: 'L' }).what);
    expect(new Set(said).size).toBe(linkCauses.length);
  });
});
