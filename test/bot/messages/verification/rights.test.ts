import { describe, expect, test } from '@jest/globals';
import type { VerificationNews } from '../../../../domain/announcements/rights.ts';
import { inWords } from '../../in-words.ts';
import { companies } from '../../facts.ts';

type End = NonNullable<VerificationNews['ended']>;
const found = (ended: Partial<End>) =>
  inWords({
    ...{ what: 'verification', systemId: 'exact-online', systemName: 'Exact Online', login: 'cx_basecone' },
    ...{ connectionName: 'Exact Online', by: 'Sanne Jansen', companies: 12, looked: 12 },
    ended: { how: 'finished', fine: 12, unknown: 0, closed: [], ...ended },
  }).text;

describe('What a verification found begins with the answer, and the counts follow:', () => {
  test('all is well', () => {
    expect(found({})).toBe(
      ':white_check_mark: *Exact Online*: cx_basecone may read everything\n12 companies are fine. Sanne Jansen asked for this.',
    );
  });

  test('something is closed', () => {
    const closed: End['closed'] = [{ barrier: 'user-right', kind: 'journal', companies: companies(1) }];
    const [first, second, third] = found({ fine: 11, closed }).split('\n');
    expect(first).toContain('cx_basecone may not read everything');
    expect(second).toBe('11 companies are fine, 1 lacks something. Sanne Jansen asked for this.');
    // The name of a login keeps its letters where a sentence begins.
    expect(third).toContain('*cx_basecone may not read the journals of 101');
  });

  test.each([
    { fine: 10, unknown: 2 },
    { how: 'unfinished', fine: 12 },
    { how: 'broken', fine: 3, unknown: 9 },
  ] as const)('something is not known: %j', (ended) => {
    expect(found(ended).split('\n')[0]).toContain('not everything that cx_basecone may read is known');
  });
});
