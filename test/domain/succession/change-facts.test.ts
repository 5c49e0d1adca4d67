import { expect, test } from '@jest/globals';
import { historySentence } from '../../../words/connections/history.ts';
import { endOfChange, type Change, type MadeChange } from '../../../domain/succession/change-facts.ts';

const at = '2026-11-23T10:00:00.000Z';
const asked = { number: 1, from: 'tom', to: 'petra', askedBy: 'sanne', askedAt: at, isUnattended: false };
const made: MadeChange = {
  ...{ how: 'made', at, login: 'P.Peeters', hadLinkedIt: false, former: null },
  ...{ reachBefore: 12, reachAfter: 12, lost: 0, gained: 0, uncertain: 0 },
  ...{ confirmedBy: null, reason: null, agreedBy: null },
};
const sentence = (end: Change['end']) => {
  const entry = endOfChange({ ...asked, end });
  return entry && historySentence(entry, { systemName: 'Exact Online', userName: (id) => id });
};

test('how a change ended reads as it does in the history; while it is under way there is nothing to read', () => {
  expect(sentence(null)).toBeNull();
  expect(sentence({ how: 'cancelled', at, by: 'sanne' })).toBe(
    'sanne refused or called off the change to petra.',
  );
  expect(sentence({ how: 'lost', at, by: null })).toBe('The change to petra ended without a result.');
  expect(sentence(made)).toContain('petra became the synchronisation user as P.Peeters, in place of tom.');
  const former = { login: 'CX_Basecone', undone: null, settled: null };
  expect(sentence({ ...made, former })).toContain('in place of tom (CX_Basecone).');
});
