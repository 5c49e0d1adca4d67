import { expect, test } from '@jest/globals';
import { historySentence } from '../../domain/history.ts';

const names = {
  systemName: 'Exact Online',
  userName: (id: string) =>
    ({ sanne: 'Sanne Jansen', tom: 'Tom de Vries', petra: 'Petra Peeters' })[id] ?? id,
};
const say = (what: string, data: Record<string, unknown>, officeUserId: string | null = 'tom') =>
  historySentence({ officeUserId, what, data }, names);

test('every kind of entry is a sentence for people', () => {
  expect(say('logged-in', { login: 'CX_Basecone', reachable: 11, total: 12 })).toBe(
    'Tom de Vries logged in as CX_Basecone, which reaches 11 of 12 companies.',
  );
  expect(say('companies-linked', { added: 1, linked: 12 })).toBe(
    'Tom de Vries linked 1 company; 12 are linked since.',
  );
  expect(say('disconnected', { cause: 'consent-withdrawn', incident: 1 }, null)).toBe(
    'Disconnected: the consent of the login was withdrawn in Exact Online.',
  );
  expect(say('reconnected', { incident: 1 })).toBe('Tom de Vries reconnected it.');
});

test('a change tells who, in place of whom, what was reached, why and who agreed', () => {
  const change = {
    from: 'tom',
    to: 'petra',
    login: 'P.Peeters',
    formerLogin: 'CX_Basecone',
    askedBy: 'sanne',
    reachBefore: 12,
    reachAfter: 11,
    reason: 'Company 112 is sold.',
    confirmedBy: 'sanne',
    agreedBy: 'gone',
  };
  expect(say('synchronisation-user-changed', change)).toBe(
    'Petra Peeters became the synchronisation user as P.Peeters, in place of Tom de Vries (CX_Basecone). Asked by Sanne Jansen. It reached 12 before and 11 after. Reason: Company 112 is sold. Wanted by Sanne Jansen. Agreed by gone.',
  );
  expect(say('synchronisation-user-changed', { from: 'tom', to: 'petra', login: 'P.Peeters' })).toBe(
    'Petra Peeters became the synchronisation user as P.Peeters, in place of Tom de Vries.',
  );
});

test('an entry of a kind nobody wrote a sentence for is told by its name', () => {
  expect(say('something-new', {})).toBe('Tom de Vries: something new.');
  expect(say('something-new', {}, null)).toBe('Syncuser: something new.');
});
