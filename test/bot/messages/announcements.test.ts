import { describe, expect, test } from '@jest/globals';
import type { IncidentNote } from '../../../domain/announcements/incidents.ts';
import type { Announcement } from '../../../domain/announcements/index.ts';
import type { ConnectRequest, SetUpNews, SetUpReach } from '../../../domain/announcements/logins.ts';
import type { BarredCompanies } from '../../../domain/announcements/rights.ts';
import type {
  ChangeDecision,
  ChangeResult,
  LeavingNews,
  StandInReach,
} from '../../../domain/announcements/succession.ts';
import type { SyncProgress } from '../../../domain/announcements/syncing.ts';
import { inWords } from '../in-words.ts';
import type { NamedNews } from '../../../domain/sync/master-data-news.ts';
import { companies } from '../facts.ts';

const words = (announcement: Announcement) => inWords(announcement).text;

const progress: SyncProgress = {
  what: 'sync-progress',
  connectionName: 'Exact Online',
  systemName: 'Exact Online',
  login: 'CX_Basecone',
  companiesDone: 3,
  companies: 12,
  rows: 4321,
  finished: false,
  delayed: null,
};
const note = (one: IncidentNote['note']): IncidentNote => ({ what: 'incident-note', note: one });
const away = {
  connectionName: 'Exact Online',
  since: '2026-11-21T20:10:42.000Z',
  sinceInOffice: '2026-11-21 21:10',
};
const changedBooks: NamedNews[] = companies(7).map((company) => ({
  company,
  subjects: [
    {
      ...{ subject: 'vat-code', new: 0, closed: 0, changed: 1 },
      first: [
        {
          ...{ subject: 'vat-code', what: 'changed', code: '5', name: 'Btw verlegd' },
          differences: [{ fact: 'percentage', from: '19', to: '21', private: false }],
        },
      ],
    },
    {
      ...{ subject: 'supplier', new: 1, closed: 4, changed: 0 },
      first: [
        { subject: 'supplier', what: 'new', code: '20011', name: 'Hout & Zn', differences: [] },
        { subject: 'supplier', what: 'closed', code: null, name: 'Zand', differences: [] },
      ],
    },
    {
      ...{ subject: 'account-of-supplier', new: 0, closed: 0, changed: 1 },
      first: [
        {
          ...{ subject: 'account-of-supplier', what: 'changed', code: '20012', name: 'Verf' },
          differences: [{ fact: 'number', from: null, to: null, private: true }],
        },
      ],
    },
  ],
}));
const change = (result: ChangeResult['result'], login: string | null = 'Petra_P'): ChangeResult => ({
  what: 'change-result',
  connectionId: 'exact-online-1',
  connectionName: 'Exact Online',
  systemName: 'Exact Online',
  from: 'Tom de Vries',
  to: 'Petra Peeters',
  login,
  result,
});
const news = (one: SetUpNews['news']): SetUpNews => ({
  what: 'set-up-news',
  connectionName: 'Exact Online',
  systemName: 'Exact Online',
  synchronisationUser: 'Tom de Vries',
  reach: null,
  news: one,
});

describe('The progress of a first synchronisation', () => {
  test('is a bar with counts', () => {
    expect(words(progress)).toMatchInlineSnapshot(`
     "*First synchronisation of Exact Online* with CX_Basecone
     █████░░░░░░░░░░░░░░░ 3 of 12 companies, 4,321 rows so far"
    `);
  });
  test('says that a slow package needs nobody', () => {
    expect(words({ ...progress, delayed: 'rate-limit' })).toMatchInlineSnapshot(`
     "*First synchronisation of Exact Online* with CX_Basecone
     █████░░░░░░░░░░░░░░░ 3 of 12 companies, 4,321 rows so far
     Exact Online asks us to slow down. There is nothing for you to do: the synchronisation goes on by itself."
    `);
    expect(words({ ...progress, delayed: 'outage' })).toContain('Exact Online does not answer at the moment');
  });
  test('ends with a sentence', () => {
    expect(words({ ...progress, companiesDone: 12, rows: 16_000, finished: true })).toMatchInlineSnapshot(`
     "*First synchronisation of Exact Online* with CX_Basecone
     Finished: 12 companies, 16,000 rows of master data. From now on Syncuser keeps them up to date by itself."
    `);
  });
});

describe('What came in of what somebody asked for', () => {
  const done = {
    what: 'request-done',
    connectionName: 'Exact Online',
    systemName: 'Exact Online',
    companies: companies(1),
    kinds: ['vat-code'],
    asked: 1,
    rowsChanged: 0,
    failures: 0,
  } as const;
  test('is one sentence', () => {
    expect(words({ ...done, companies: [...done.companies], kinds: ['vat-code'] })).toBe(
      '*VAT codes of 101 Bakkerij 1 B.V.* of Exact Online: up to date, nothing had changed.',
    );
    expect(words({ ...done, companies: null, kinds: null, asked: 12, rowsChanged: 1_234, failures: 1 })).toBe(
      '*All master data of all companies* of Exact Online: up to date, 1,234 rows new, changed or deleted. 1 part of it could not be had; `/syncuser status` tells more.',
    );
  });
  test('says when it could not even be asked for', () => {
    expect(words({ ...done, companies: companies(1), kinds: null, asked: 0 })).toContain(
      'the synchronisation user does not reach this company at the moment',
    );
  });
});

/** One who is in Slack, and one who is not. */
const asked = [
  { name: 'Tom de Vries', slackUser: 'U0TOM' },
  { name: 'Sanne Jansen', slackUser: null },
];

describe('A note in the thread of an incident', () => {
  test.each<[string, IncidentNote['note']]>([
    ['a reminder', { kind: 'reminder', openForMs: 3_600_000, asked }],
    ['somebody is on it', { kind: 'taken-up', by: 'Tom de Vries' }],
    ['nothing happened since', { kind: 'let-go', by: 'Tom de Vries', asked }],
    ['snoozed', { kind: 'snoozed', by: 'Tom de Vries', until: '2026-11-23T12:30:00.000Z', everybody: true }],
    [
      'snoozed by one person for themselves',
      { kind: 'snoozed', by: 'Tom de Vries', until: '2026-11-23T12:30:00.000Z', everybody: false },
    ],
    ['everybody is called', { kind: 'everybody', openForMs: 4 * 3_600_000, asked }],
    ['some more broke', { kind: 'more', names: ['Vestiging 2', 'Vestiging 3'] }],
    ['many more broke', { kind: 'more', names: ['A', 'B', 'C', 'D'] }],
    [
      'mended in the package',
      { kind: 'works-again', login: 'CX_Basecone', systemName: 'Exact Online', afterMs: 240_000 },
    ],
    [
      'a refused login',
      {
        kind: 'login-refused',
        by: 'Tom de Vries',
        outcome: { result: 'wrong-user', login: 'Petra_P', expected: 'CX_Basecone' },
      },
    ],
    [
      'reconnected',
      {
        kind: 'reconnected',
        by: 'Tom de Vries',
        login: 'CX_Basecone',
        reachable: 12,
        total: 12,
        afterMs: 240_000,
        missing: [],
      },
    ],
    [
      'reconnected with less',
      {
        kind: 'reconnected',
        by: 'Tom de Vries',
        login: 'CX_Basecone',
        reachable: 11,
        total: 12,
        afterMs: 240_000,
        missing: companies(1),
      },
    ],
    ['changed', { kind: 'changed', by: 'Sanne Jansen', login: 'Petra_P', afterMs: 240_000 }],
    ['caught up', { kind: 'caught-up', rowsChanged: 17, companies: 12, ...away, news: changedBooks }],
    ['caught up with nothing', { kind: 'caught-up', rowsChanged: 0, companies: 12, ...away, news: [] }],
  ])('%s', (_name, one) => {
    expect(words(note(one))).toMatchSnapshot();
  });
});

const lost: BarredCompanies[] = [
  { barrier: 'company-access', kind: null, companies: companies(2) },
  { barrier: 'user-right', kind: 'vat-code', companies: companies(1) },
];

test('What changed while a package kept us waiting stands in the thread of that', () => {
  expect(words({ what: 'delay-news', ...away, news: changedBooks.slice(0, 1) })).toMatchInlineSnapshot(`
   "*Exact Online* is up to date. What changed meanwhile:
   *101 Bakkerij 1 B.V.*: VAT code: 1 changed; suppliers: 1 new, 4 closed; bank account of supplier: 1 changed
   • VAT code 5 Btw verlegd: percentage 19 → 21
   • supplier 20011 Hout &amp; Zn: new
   • supplier Zand: closed
   • bank account of supplier 20012 Verf: number changed
   and 3 more
   The whole list: \`/syncuser changes Exact Online 2026-11-21 21:10\`"
  `);
});

describe('What a change gains and loses', () => {
  const stages: ChangeDecision['stage'][] = [
    { kind: 'undecided' },
    { kind: 'waits-for-second' },
    { kind: 'asks-second', by: 'Sanne Jansen', reason: 'They are sold.' },
  ];
  test.each(stages)('$kind', (stage) => {
    const decision: ChangeDecision = {
      what: 'change-decision',
      connectionId: 'exact-online-1',
      connectionName: 'Exact Online',
      systemName: 'Exact Online',
      change: 3,
      from: 'Tom de Vries',
      to: 'Petra Peeters',
      login: 'Petra_P',
      lost,
      gained: [],
      uncertain: [],
      stage,
    };
    expect(words(decision)).toMatchSnapshot();
  });
});

const happened = {
  kind: 'changed',
  ...{ companies: 12, reached: 12, uncertain: false, undoUntil: '2026-11-24T10:00:00.000Z' },
} as const;

test('A change of which nobody can tell everything says what that is, and who decides', () => {
  const decision: ChangeDecision = {
    what: 'change-decision',
    ...{ connectionId: 'exact-online-1', connectionName: 'Exact Online', systemName: 'Exact Online' },
    ...{ change: 3, from: 'Tom de Vries', to: 'Petra Peeters', login: 'Petra_P' },
    ...{ lost: [], gained: [], uncertain: lost, stage: { kind: 'undecided' } },
  };
  expect(words(decision)).toMatchInlineSnapshot(`
   "*Exact Online*: Petra Peeters (Petra_P) is ready to take over from Tom de Vries, but not everything is known.
   *Not known:* can be read so far, and nobody could tell whether Petra_P may
   • everything of 101 Bakkerij 1 B.V. and 102 Bakkerij 2 B.V.
   • VAT codes of 101 Bakkerij 1 B.V.
   *Would be gained:* nothing.
   Switch does it all the same; Cancel leaves everything as it is. Until it is decided, Tom de Vries stays the synchronisation user."
  `);
});

test('Somebody who left while their login does not work: what stands still, and who does what next', () => {
  const leaving: LeavingNews = {
    what: 'leaving',
    ...{ connectionId: 'exact-online-1', connectionName: 'Exact Online', systemName: 'Exact Online' },
    ...{ person: 'Tom de Vries', synchronisationUser: 'Tom de Vries', part: 'synchronisation-user' },
    ...{ login: 'CX_Basecone', works: false, handover: null, superusers: ['Sanne Jansen'], over: null },
  };
  expect(words(leaving)).toMatchInlineSnapshot(`
   ":warning: *Exact Online*: Tom de Vries was taken out of the office, and is its synchronisation user. For this connection that does not take effect until a successor is verified: it stays with CX_Basecone until then, whose login does not work now. Nothing comes in until somebody reconnects it or a successor takes over.
   Next step: Sanne Jansen chooses a successor now, or reconnects it meanwhile."
  `);
});

test('A first login of which not everything is known says so beside what is closed', () => {
  const reach: SetUpReach = {
    ...{ systemId: 'exact-online', login: 'CX_Basecone', looked: true },
    ...{ closed: lost.slice(1), unknown: 2 },
  };
  const done: ConnectRequest = {
    what: 'connect-request',
    ...{ connectionId: 'exact-online-1', connectionName: 'Exact Online', systemName: 'Exact Online' },
    ...{ purpose: 'set-up', askedBy: 'Sanne Jansen', reminded: 0, reach },
    progress: { step: 'done', login: 'CX_Basecone', companies: 12 },
  };
  expect(words(done)).toMatchInlineSnapshot(`
   "*Connect Exact Online* is done: linked to CX_Basecone, 12 companies.
   Syncuser takes it from here. Type \`/syncuser status\` to see how it goes.
   :warning: CX_Basecone may not read everything. What is opened later comes in by itself.
   • *CX_Basecone may not read the VAT codes of 101 Bakkerij 1 B.V. in Exact Online.* Ask an administrator of Exact Online to give CX_Basecone this right: Company name > Master data > Users > Overview, choose the user, then Rights > Financial (VAT). The next round brings them in.
   What CX_Basecone may read in 2 companies could not be seen yet; Syncuser looks again by itself."
  `);
  expect(words({ ...done, reach: { ...reach, closed: [] } })).toMatchInlineSnapshot(`
   "*Connect Exact Online* is done: linked to CX_Basecone, 12 companies.
   Syncuser takes it from here. Type \`/syncuser status\` to see how it goes.
   What CX_Basecone may read in 2 companies could not be seen yet; Syncuser looks again by itself."
  `);
});

describe('The result of a change', () => {
  test.each<[string, ChangeResult]>([
    ['changed', change({ ...happened, despiteLoss: null })],
    [
      'changed although something is lost',
      change({
        ...happened,
        reached: 9,
        despiteLoss: { confirmedBy: 'Sanne Jansen', agreedBy: 'Joost Smit', reason: 'Tom is ill.' },
      }),
    ],
    ['changed although not everything is known', change({ ...happened, despiteLoss: null, uncertain: true })],
    ['undone', change({ kind: 'undone', by: 'Sanne Jansen' })],
    [
      'settled',
      change({
        kind: 'settled',
        fate: 'let-go',
        formerLogin: 'CX_Basecone',
        works: true,
        standIn: null,
        whereToRevoke: 'Permissions > Revoke',
      }),
    ],
    [
      'settled with a login that does not work',
      change({
        kind: 'settled',
        fate: 'stand-in',
        formerLogin: 'CX_Basecone',
        works: false,
        standIn: null,
        whereToRevoke: null,
      }),
    ],
    [
      'refused for want of a second superuser',
      change({ kind: 'needs-second', lost, superusers: ['Sanne Jansen'] }),
    ],
    ['not done by itself', change({ kind: 'not-by-itself', lost, superusers: ['Sanne Jansen'] })],
    ['not linked', change({ kind: 'not-linked' }, null)],
    ['lapsed', change({ kind: 'lapsed' }, null)],
    ['cancelled', change({ kind: 'cancelled', by: 'Petra Peeters' }, null)],
  ])('%s', (_name, result) => {
    expect(words(result)).toMatchSnapshot();
  });
});

describe('News of a set-up', () => {
  test.each<SetUpNews['news']>([
    { kind: 'asked' },
    { kind: 'connected', login: 'CX_Basecone', companies: 12 },
    { kind: 'lapsed' },
    { kind: 'cancelled', by: 'Tom de Vries' },
  ])('$kind', (one) => {
    expect(words(news(one))).toMatchSnapshot();
  });
});

test('The welcome says what to type', () => {
  expect(words({ what: 'welcome', officeName: 'Demo Accountants' })).toMatchInlineSnapshot(`
   "*Hello Demo Accountants, this is Syncuser.* I keep the link with your accounting system connected, and tell you here the moment it is not.
   A superuser starts with \`/syncuser setup\`. Everybody else: \`/syncuser\` shows how things are, and \`/syncuser help\` what you can type."
  `);
});

describe('Somebody a connection leans on left the office', () => {
  const facts: LeavingNews = {
    what: 'leaving',
    connectionId: 'exact-online-1',
    connectionName: 'Exact Online',
    systemName: 'Exact Online',
    person: 'Tom de Vries',
    part: 'synchronisation-user',
    login: 'CX_Basecone',
    works: true,
    synchronisationUser: 'Tom de Vries',
    handover: null,
    superusers: ['Sanne Jansen'],
    over: null,
  };
  test.each<[string, Partial<LeavingNews>]>([
    ['the synchronisation user', {}],
    ['with a handover planned', { handover: { to: 'Petra Peeters', at: '2026-12-01T07:00:00.000Z' } }],
    ['the stand-in', { part: 'stand-in', person: 'Petra Peeters' }],
    ['over, because somebody took the place', { over: 'replaced' }],
    ['over, because the person is back', { over: 'stays' }],
  ])('%s', (_name, more) => {
    expect(words({ ...facts, ...more })).toMatchSnapshot();
  });

  test.each([false, true])('leaving one person alone who could mend it: over is %s', (isOver) => {
    const { connectionId, connectionName, systemName } = facts;
    const person = 'Sanne Jansen';
    expect(
      words({ what: 'only-responder', connectionId, connectionName, systemName, person, isOver }),
    ).toMatchSnapshot();
  });
});

describe('A stand-in who reaches too little', () => {
  test.each<StandInReach['over']>([null, 'reaches', 'replaced'])('over: %s', (over) => {
    const facts: StandInReach = {
      what: 'stand-in-reach',
      connectionId: 'exact-online-1',
      connectionName: 'Exact Online',
      systemId: 'exact-online',
      systemName: 'Exact Online',
      standIn: 'Petra Peeters',
      synchronisationUser: 'Tom de Vries',
      login: 'P.Peeters',
      loginInUse: 'CX_Basecone',
      missing: over === null ? lost : [],
      over,
    };
    expect(words(facts)).toMatchSnapshot();
  });
});
