import type { Announcement } from '../../domain/announcements/index.ts';
import type { ConnectRequest, SetUpReach } from '../../domain/announcements/logins.ts';
import type { BarredCompanies } from '../../domain/announcements/rights.ts';
import type { ChangeDecision, ChangeResult } from '../../domain/announcements/succession.ts';
import { masterDataKinds } from '../../domain/master-data.ts';
import type { NamedNews } from '../../domain/sync/master-data-news.ts';

/** A name as long and as awkward as one can be: 100 characters of marks, entities and an emoji of several parts. */
export const longName = (index: number) =>
  `${index} *Jansen* & Zn <!channel> _B.V._ \`👩‍👩‍👧‍👦\` :smile: ${'&<>*'.repeat(25)}`.slice(0, 98) + '🧾';
export const many = (amount: number) => Array.from({ length: amount }, (_, index) => index);
export const longCompanies = many(250).map((index) => ({
  externalId: `00000000-0000-0000-0000-${1_000_000 + index}`,
  code: `${1_000 + index}`,
  name: longName(index),
}));
export const people = many(50).map(longName);
/** Half of them are in Slack. */
const asked = people.map((name, index) => ({ name, slackUser: index % 2 ? `U000000000${index}` : null }));

const since = '2026-11-23T09:56:00.000Z';
const text = 'x & <y> '.repeat(75);
const names = {
  connectionId: 'exact-online-1',
  connectionName: longName(1),
  systemId: 'exact-online',
  systemName: 'Exact Online',
};
const login = longName(2);
const everything: BarredCompanies[] = masterDataKinds.flatMap((kind) =>
  (['user-right', 'company-access'] as const).map((barrier) => ({ barrier, kind, companies: longCompanies })),
);
const reach: SetUpReach = { systemId: 'exact-online', login, looked: true, closed: everything, unknown: 250 };
const ended = { by: longName(3), at: '2026-11-24T09:56:00.000Z', how: 'reconnected' } as const;
const snoozed = { by: longName(4), until: since };
const again = { timesToday: 99, mendedBy: longName(5), workedMs: 1e9 };
const cause = 'consent-withdrawn';
const news: NamedNews[] = longCompanies.map((company) => ({
  company,
  subjects: (['vat-code', 'gl-account', 'supplier', 'bank-account'] as const).map((subject) => ({
    ...{ subject, new: 1_000, closed: 1_000, changed: 1_000 },
    first: many(5).map((index) => ({
      ...({ subject, what: 'changed', code: `${index}`, name: longName(index) } as const),
      differences: many(2).map(() => ({ fact: 'percentage', from: text, to: text, private: false })),
    })),
  })),
}));
export const largestNews = news;

const request = {
  what: 'connect-request',
  ...names,
  purpose: 'set-up',
  askedBy: longName(5),
  reminded: 9,
  reach,
} as const;
const steps: ConnectRequest['progress'][] = [
  { step: 'waiting' },
  { step: 'linked', login, reachable: 249, total: 250 },
  { step: 'done', login, companies: 250 },
  { step: 'not-taken', login },
  { step: 'lapsed' },
  { step: 'cancelled', by: longName(6) },
];
const change = { ...names, from: longName(7), to: longName(8), login };
const results: ChangeResult['result'][] = [
  { kind: 'decided' },
  {
    ...{ kind: 'changed', companies: 250, reached: 1, uncertain: true, undoUntil: since },
    despiteLoss: { confirmedBy: longName(1), agreedBy: longName(2), reason: text },
  },
  { kind: 'undone', by: longName(3) },
  {
    ...{ kind: 'settled', fate: 'let-go', formerLogin: login, standIn: longName(4), works: false },
    whereToRevoke: text,
  },
  { kind: 'not-by-itself', lost: everything, superusers: people },
  { kind: 'needs-second', lost: everything, superusers: people },
  { kind: 'not-linked' },
  { kind: 'lapsed' },
  { kind: 'cancelled', by: longName(5) },
];
const stages: ChangeDecision['stage'][] = [
  { kind: 'undecided' },
  { kind: 'waits-for-second' },
  { kind: 'asks-second', by: longName(1), reason: text },
];
const broken = (index: number, end: typeof ended | null) => ({
  ...({
    connectionId: `exact-online-${index}`,
    name: longName(index),
    login,
    cause,
    onIt: longName(9),
    again,
    ended: end,
  } as const),
});

/** Everything Syncuser says of its own accord, at its largest. A new kind without an example is an error of types. */
export const largest: { [What in Announcement['what']]: Extract<Announcement, { what: What }>[] } = {
  'connect-request': steps.map((progress) => ({ ...request, progress })),
  'connect-reminder': [{ what: 'connect-reminder', ...names, purpose: 'set-up', askedBy: longName(1) }],
  'sync-progress': [
    {
      what: 'sync-progress',
      ...names,
      login,
      companiesDone: 249,
      companies: 250,
      rows: 9_999_999,
      finished: false,
      delayed: 'outage',
    },
  ],
  'request-done': [
    {
      what: 'request-done',
      ...names,
      companies: longCompanies.slice(0, 3),
      kinds: [...masterDataKinds],
      asked: 3,
      rowsChanged: 9_999_999,
      failures: 27,
    },
    {
      what: 'request-done',
      ...names,
      companies: longCompanies,
      kinds: null,
      asked: 0,
      rowsChanged: 0,
      failures: 0,
    },
  ],
  'deletion-question': (['kept', null] as const).map((how) => ({
    ...{
      what: 'deletion-question',
      ...names,
      question: 1,
      company: { code: '1', name: longName(1) },
      kind: 'relation',
    },
    ...{ source: 'full-pass' as never, rows: 40_000, live: 99_999, sameCodes: 40_000, mayRead: false },
    list: many(2_000).map((index) => ({ code: `${index}`, name: longName(index) })),
    settled: how && { how, by: longName(2) },
  })),
  disconnection: [null, ended].map((end) => ({
    ...{
      what: 'disconnection',
      incident: 7,
      bookedAgain: end && 'once-read',
      ...names,
      cause,
      login,
      synchronisationUser: longName(1),
      since,
    },
    ...{ companies: longCompanies, mayReconnect: people, onIt: longName(2), snoozed, again, ended: end },
  })),
  disconnections: [null, ended].map((end) => ({
    ...{ what: 'disconnections', ...names, since, companies: 250, mayReconnect: people, snoozed },
    connections: many(200).map((index) => broken(index, end)),
  })),
  'incident-note': [
    { kind: 'reminder' as const, openForMs: 1e9, asked, still: { open: 199, all: 200 } },
    { kind: 'taken-up' as const, by: longName(1), endsSnooze: true },
    { kind: 'let-go' as const, by: longName(1), asked },
    { kind: 'snoozed' as const, by: longName(1), until: since, everybody: false },
    { kind: 'everybody' as const, openForMs: 1e9, asked },
    { kind: 'more' as const, names: people },
    {
      kind: 'login-refused' as const,
      by: longName(1),
      outcome: { result: 'wrong-user' as const, login: text.repeat(10), expected: text.repeat(10) },
    },
    {
      kind: 'reconnected' as const,
      by: longName(1),
      login,
      reachable: 0,
      total: 250,
      afterMs: 1e9,
      missing: longCompanies,
    },
    { kind: 'changed' as const, by: longName(1), login, afterMs: 1e9 },
    { kind: 'works-again' as const, login, systemName: 'Exact Online', afterMs: 1e9 },
    {
      ...{
        kind: 'caught-up' as const,
        rowsChanged: 9_999_999,
        companies: 250,
        connectionName: longName(1),
        since,
      },
      ...{ sinceInOffice: '2026-11-23 10:56', news },
    },
  ].flatMap((note) => [
    { what: 'incident-note' as const, note },
    { what: 'incident-note' as const, note, about: people },
    { what: 'incident-note' as const, note, about: people.slice(0, 3) },
  ]),
  'mend-request': [null, ended].map((end) => ({
    ...{
      what: 'mend-request',
      ...names,
      cause,
      login,
      as: 'stand-in',
      isYours: false,
      synchronisationUser: longName(1),
    },
    ...{ since, companies: 250, onIt: longName(2), snoozed, again, ended: end },
  })),
  'mend-reminder': [
    { what: 'mend-reminder', connectionName: longName(1), connections: 200, openForMs: 1e9, more: people },
  ],
  'cannot-reach': (['channel', 'person'] as const).flatMap((kind) =>
    ['not_in_channel', 'user_disabled', 'a_word_that_nobody_knows'].map((code) => ({
      ...{ what: 'cannot-reach' as const, kind, recipient: 'C0123456789', name: longName(1), code },
      ...{ since, over: false },
    })),
  ),
  'incident-over': [
    { what: 'incident-over', connectionName: longName(1), since, ended, bookedAgain: 'once-read' },
  ],
  digest: [
    {
      what: 'digest',
      lastMonth: {
        month: '2026-10',
        figures: {
          count: 999,
          open: 9,
          detect: { of: 9, median: 1e8, longest: 1e9 },
          tell: null,
          reconnect: null,
        },
      },
      lines: many(200).map((index) => ({
        about: 'disconnected',
        name: longName(index),
        since,
        who: longName(index),
      })),
      bookings: many(200).map((index) => ({
        name: longName(index),
        count: 999,
        since,
        waitFor: 'outcome-unknown',
      })),
    },
  ],
  stuck: (['late', 'gone', 'cannot-go-on'] as const).map((why) => ({
    what: 'stuck',
    name: longName(1),
    why,
    since,
    endedAt: null,
  })),
  delay: [null, since].map((endedAt) => ({
    ...{
      what: 'delay',
      reason: 'rate-limit',
      systemName: 'Exact Online',
      since,
      connections: many(3).map(longName),
      endedAt,
    },
  })),
  'delay-news': [
    { what: 'delay-news', connectionName: longName(1), since, sinceInOffice: '2026-11-23 10:56', news },
  ],
  'change-result': results.map((result) => ({ what: 'change-result', ...change, result })),
  'changed-for-you': (['successor', 'former'] as const).flatMap((reader) => [
    {
      ...{ what: 'changed-for-you', ...names, reader, other: longName(1), login, formerLogin: longName(2) },
      news: { kind: 'changed', undoUntil: since, fate: 'stand-in' },
    },
    {
      ...{ what: 'changed-for-you', ...names, reader, other: longName(1), login, formerLogin: longName(2) },
      news: {
        kind: 'settled',
        fate: 'let-go',
        formerLogin: longName(2),
        standIn: longName(3),
        works: true,
        whereToRevoke: text,
      },
    },
  ]),
  'change-undone': [{ what: 'change-undone', ...names, by: longName(1), synchronisationUser: longName(2) }],
  'lost-by-change': [
    {
      ...{ what: 'lost-by-change', ...names, synchronisationUser: longName(1), login, lost: everything },
      news: { kind: 'decided', confirmedBy: longName(2), agreedBy: longName(3), reason: text },
    },
  ],
  'change-decision': stages.map((stage) => ({
    ...{
      what: 'change-decision',
      ...change,
      change: 9,
      lost: everything,
      gained: everything,
      uncertain: everything,
      stage,
    },
  })),
  'change-question-settled': [{ what: 'change-question-settled', ...names }],
  'handover-news': [
    {
      ...{ what: 'handover-news', ...change, at: since, successor: 'not-connected', connectAs: 'petra' },
      news: { kind: 'reminder', days: 7 },
    },
  ],
  leaving: (['synchronisation-user', 'stand-in'] as const).map((part) => ({
    ...{
      what: 'leaving',
      ...names,
      person: longName(1),
      part,
      login,
      works: false,
      synchronisationUser: longName(2),
    },
    ...{ handover: null, superusers: people, over: null },
  })),
  'only-responder': [{ what: 'only-responder', ...names, person: longName(1), isOver: false }],
  'set-up-news': [
    {
      ...{ what: 'set-up-news', ...names, synchronisationUser: longName(1), reach },
      news: { kind: 'connected', login, companies: 250 },
    },
  ],
  'personal-link-news': [
    {
      what: 'personal-link-news',
      ...names,
      personId: 'tom',
      of: longName(1),
      login,
      news: { kind: 'broken', cause },
    },
  ],
  'stand-in-news': [
    {
      what: 'stand-in-news',
      ...names,
      personId: 'tom',
      askedBy: longName(1),
      synchronisationUser: longName(2),
      login: null,
    },
  ],
  'stand-in-reach': [
    {
      ...{ what: 'stand-in-reach', ...names, standIn: longName(1), synchronisationUser: longName(2), login },
      ...{ loginInUse: longName(3), missing: everything, over: null },
    },
  ],
  'login-expiry': [
    {
      ...{
        what: 'login-expiry',
        ...names,
        login,
        synchronisationUser: longName(1),
        expiresAt: since,
        daysAhead: 7,
      },
      inThread: false,
    },
  ],
  'unfit-bookings': [
    {
      what: 'unfit-bookings',
      connectionName: longName(1),
      bookings: many(500).map((index) => ({
        reference: longName(index),
        company: longName(index),
        misfits: many(9).map((line) => ({
          field: `lines.${line}.vatCode`,
          value: longName(line),
          why: 'our-fault',
          said: text,
        })),
      })),
    },
  ],
  'deliveries-stopped': [
    {
      what: 'deliveries-stopped',
      ...names,
      reference: longName(1),
      expected: longName(2),
      found: longName(3),
      entries: [],
      since,
    },
    {
      what: 'deliveries-stopped',
      ...names,
      reference: longName(1),
      expected: longName(2),
      found: longName(2),
      entries: many(9).map(longName),
      since,
    },
  ],
  'rights-changed': [
    {
      what: 'rights-changed',
      ...names,
      login,
      companies: 250,
      fine: 0,
      lost: everything,
      mended: everything,
      gained: everything,
    },
  ],
  verification: [
    { what: 'verification', ...names, login, by: longName(1), companies: 250, looked: 249, ended: null },
    {
      ...{ what: 'verification', ...names, login, by: longName(1), companies: 250, looked: 250 },
      ended: { how: 'unfinished', fine: 0, unknown: 1, closed: everything },
    },
  ],
  'companies-news': [50, 250].map((amount) => ({
    ...{ what: 'companies-news', ...names, login, addable: longCompanies.slice(0, amount) },
    closed: everything.map(({ barrier, companies }) => ({ barrier, companies })),
    renamed: longCompanies.map((company) => ({ ...company, was: longName(9) })),
    archived: longCompanies,
    back: longCompanies,
  })),
  welcome: [{ what: 'welcome', officeName: longName(1) }],
};
