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
    'Petra Peeters became the synchronisation user as P.Peeters, in place of Tom de Vries (CX_Basecone). Asked by Sanne Jansen. It reached 12 before and 11 after. Reason: “Company 112 is sold.” Wanted by Sanne Jansen. Agreed by gone.',
  );
  expect(say('synchronisation-user-changed', { from: 'tom', to: 'petra', login: 'P.Peeters' })).toBe(
    'Petra Peeters became the synchronisation user as P.Peeters, in place of Tom de Vries.',
  );
});

test('whoever plans for himself is not named twice, and a day is one that people write', () => {
  const plan = { from: 'tom', to: 'sanne', on: '2026-12-01' };
  expect(say('handover-planned', plan, 'sanne')).toBe(
    'Sanne Jansen planned to take over from Tom de Vries on 1 December 2026.',
  );
  expect(say('handover-planned', plan, 'petra')).toBe(
    'Petra Peeters planned that Sanne Jansen takes over from Tom de Vries on 1 December 2026.',
  );
  expect(say('handover-cancelled', plan, 'sanne')).toBe(
    'Sanne Jansen called off taking over on 1 December 2026.',
  );
  expect(say('change-asked', plan, 'sanne')).toBe(
    'Sanne Jansen wants to take over from Tom de Vries as synchronisation user.',
  );
  expect(say('set-up-asked', { person: 'tom' }, 'sanne')).toBe(
    'Sanne Jansen set this connection up, and asked Tom de Vries to be its synchronisation user.',
  );
});

test('what people asked for and what came to nothing is told too', () => {
  expect(say('change-asked', { from: 'tom', to: 'petra' }, 'sanne')).toBe(
    'Sanne Jansen asked Petra Peeters to take over from Tom de Vries as synchronisation user.',
  );
  expect(say('change-cancelled', { to: 'petra' }, 'petra')).toBe('Petra Peeters declined to take over.');
  expect(say('change-lapsed', { to: 'petra' }, null)).toBe(
    'The change to Petra Peeters was not finished in time, so it lapsed.',
  );
  expect(say('stand-in-chosen', { person: 'petra', before: 'tom' }, 'sanne')).toBe(
    'Sanne Jansen chose Petra Peeters to stand in, in place of Tom de Vries.',
  );
  expect(say('stand-in-removed', { person: null, before: 'tom' }, 'sanne')).toBe(
    'Sanne Jansen decided that Tom de Vries no longer stands in.',
  );
});

test('an entry of a kind nobody wrote a sentence for is told by its name', () => {
  expect(say('something-new', {})).toBe('Tom de Vries: something new.');
  expect(say('something-new', {}, null)).toBe('Syncuser: something new.');
});
