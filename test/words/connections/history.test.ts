import { expect, test } from '@jest/globals';
import { historySentence } from '../../../words/connections/history.ts';
import type { HistoryKinds, KeptHappening, KeptKinds } from '../../../domain/connections/history-kinds.ts';
import { everyKind, examples } from '../../domain/connections/history-examples.ts';

const names = {
  systemName: 'Exact Online',
  userName: (id: string) =>
    ({ sanne: 'Sanne Jansen', tom: 'Tom de Vries', petra: 'Petra Peeters' })[id] ?? id,
};
const say = <What extends keyof KeptKinds>(
  what: What,
  data: KeptKinds[What],
  officeUserId: string | null = 'tom',
) => historySentence({ officeUserId, what, data } as KeptHappening & { officeUserId: string | null }, names);

test.each(everyKind)('$what is a sentence for people', (happening) => {
  for (const officeUserId of ['tom', null]) {
    const sentence = historySentence({ officeUserId, ...happening }, names);
    expect(sentence).toMatch(/^[A-Z].* .*\.$/);
    expect(sentence).not.toMatch(/undefined|null|NaN|\[object|  |version/);
    // In words of its own, not by the name of its kind.
    expect(sentence).not.toContain(`: ${happening.what.replaceAll('-', ' ')}.`);
  }
});

test('what happens most often says how far it reached and why', () => {
  expect(say('logged-in', examples['logged-in'])).toBe(
    'Tom de Vries logged in as CX_Basecone, which reaches 11 of 12 companies.',
  );
  expect(say('logged-in', { ...examples['logged-in'], of: 'petra' })).toBe(
    'Tom de Vries logged in as CX_Basecone for Petra Peeters, which reaches 11 of 12 companies.',
  );
  expect(say('companies-linked', { added: 1, linked: 12 })).toBe(
    'Tom de Vries linked 1 company; 12 are linked since.',
  );
  expect(say('disconnected', { cause: 'consent-withdrawn', incident: 1 }, null)).toBe(
    'Disconnected: the consent of the login was withdrawn in Exact Online.',
  );
  expect(say('reconnected', examples.reconnected)).toBe('Tom de Vries reconnected it.');
});

test('a login that works again by itself, and an answer about deletions, are told in words', () => {
  expect(say('works-again', examples['works-again'], null)).toBe(
    'The login works again: it was mended in Exact Online.',
  );
  expect(say('deletions-confirmed', examples['deletions-confirmed'])).toBe(
    'Tom de Vries said that the relations that seemed to be gone (12 rows) were deleted, and they are deleted here too.',
  );
  expect(say('rows-kept', { ...examples['rows-kept'], rows: 1 })).toBe(
    'Tom de Vries said to keep the relations that seemed to be gone (1 row).',
  );
});

test('a change tells who, in place of whom, what was reached, why and who agreed', () => {
  const change = examples['synchronisation-user-changed'];
  expect(say('synchronisation-user-changed', change)).toBe(
    'Petra Peeters became the synchronisation user as P.Peeters, in place of Tom de Vries (CX_Basecone). Asked by Sanne Jansen. It reached 12 before and 11 after. Reason: “Company 112 is sold.” Wanted by Sanne Jansen. Agreed by gone.',
  );
  const own: HistoryKinds['synchronisation-user-changed'] = {
    ...{ ...change, formerLogin: null, askedBy: 'petra', hadLinkedIt: true },
    ...{ confirmedBy: null, reason: null, agreedBy: null },
  };
  expect(say('synchronisation-user-changed', own)).toBe(
    'Petra Peeters became the synchronisation user as P.Peeters, which had been linked as a login of their own, in place of Tom de Vries. It reached 12 before and 11 after.',
  );
});

test('whoever held a link that was passed on is named beside who had asked them', () => {
  expect(say('reconnected', { incident: 1, outsider: 'Piet Bos' }, 'tom')).toBe(
    'Piet Bos, whom Tom de Vries had asked, reconnected it.',
  );
});

test('whoever plans for themselves is not named twice, and a day is one that people write', () => {
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
  expect(say('change-asked', { from: 'tom', to: 'sanne' }, 'sanne')).toBe(
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

test('a pause and its end are told', () => {
  expect(say('paused', {}, 'sanne')).toBe('Sanne Jansen paused the synchronisation.');
  expect(say('resumed', {}, 'tom')).toBe('Tom de Vries resumed the synchronisation.');
});

test('an entry that this version cannot read is told as just that, with who did it', () => {
  expect(say('unknown', { kind: 'something-new' })).toBe(
    'Tom de Vries: something that this version cannot read (“something-new”).',
  );
  expect(say('unknown', { kind: 'something-new' }, null)).toBe(
    'Syncuser: something that this version cannot read (“something-new”).',
  );
});
