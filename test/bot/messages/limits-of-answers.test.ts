import { expect, test } from '@jest/globals';
import { help } from '../../../bot/messages/offices/help.ts';
import { history } from '../../../bot/messages/offices/history.ts';
import { home } from '../../../bot/messages/offices/home.ts';
import { incidents } from '../../../bot/messages/incidents/incidents.ts';
import { masterDataNews } from '../../../bot/messages/sync/master-data-news.ts';
import { personalLink } from '../../../bot/messages/logins/personal-link.ts';
import { fault, refusal } from '../../../bot/messages/refusal.ts';
import { shortStatus } from '../../../bot/messages/connections/short-status.ts';
import { overview, status } from '../../../bot/messages/connections/status.ts';
import { changeModal } from '../../../bot/modals/change.ts';
import { companiesModal } from '../../../bot/modals/companies.ts';
import { confirmChangeModal } from '../../../bot/modals/confirm-change.ts';
import { handoverModal } from '../../../bot/modals/handover.ts';
import { sendToIctModal } from '../../../bot/modals/send-to-ict.ts';
import { setUpModal } from '../../../bot/modals/set-up.ts';
import { snoozeModal } from '../../../bot/modals/snooze.ts';
import { standInModal } from '../../../bot/modals/stand-in.ts';
import { whyModal } from '../../../bot/modals/why.ts';
import { carry } from '../../../bot/modals/carried.ts';
import { masterDataKinds } from '../../../domain/master-data.ts';
import type { OfficeUser } from '../../../domain/offices/office.ts';
import { connectionFacts, minutesAgo, now, officeFacts } from '../facts.ts';
import { largestNews, longCompanies, longName, many, people } from '../largest.ts';
import { violations } from '../limits.ts';

const superuser: OfficeUser = { id: 'sanne', name: longName(1), slackUserId: 'U1', roles: ['superuser'] };
const submitter: OfficeUser = { ...superuser, id: 'noor', roles: ['submitter'] };
const office = many(250).map((index): OfficeUser => ({
  ...superuser,
  id: `user-${index}`,
  name: longName(index),
}));
const connection = (index: number, isBroken: boolean) =>
  connectionFacts(
    {
      ...{
        id: `exact-online-${index}`,
        name: longName(index),
        synchronisationUser: longName(2),
        login: longName(3),
      },
      ...{
        onIt: longName(4),
        mayReconnect: people,
        standIn: longName(5),
        onlyResponder: longName(6),
        leaving: ['synchronisation-user', 'stand-in'],
      },
      handover: { to: longName(7), at: now.toISOString() },
      rows: masterDataKinds.map((kind) => ({ kind, rows: 9_999_999 })),
      stale: many(9).map(() => ({
        kinds: [...masterDataKinds],
        companies: longCompanies,
        since: now.toISOString(),
      })),
      obstacles: many(50).map((number) => ({
        what: longName(number),
        opening: longName(number),
        mend: longName(number).repeat(5),
      })),
      overdue: true,
    },
    isBroken ? { link: { state: 'disconnected', since: minutesAgo(4), cause: 'consent-withdrawn' } } : {},
  );
const facts = (isBroken: boolean) => ({
  ...officeFacts(
    many(200).map((index) => connection(index, isBroken)),
    false,
  ),
  ...{
    superusers: people,
    automations: many(3).map((index) => ({ id: `robot-${index}`, name: longName(index) })),
  },
});
const metadata = carry(
  { responseUrl: `https://hooks.slack.com/${'x'.repeat(200)}`, channel: 'C0' },
  'exact-online-1',
);
const connectionName = longName(1);
const shared = {
  connectionName,
  systemName: 'Exact Online',
  synchronisationUser: longName(2),
  people: office,
  metadata,
};
const entries = many(20).map((index) => ({ at: now.toISOString(), sentence: longName(index).repeat(20) }));
const told = (number: number) => ({
  ...({
    number,
    connectionName,
    systemName: 'Exact Online',
    cause: 'consent-withdrawn',
    openedAt: now.toISOString(),
  } as const),
  ...{ ended: null, onIt: longName(3) },
});

test.each([
  ['status', status(facts(true))],
  ['the overview', overview(facts(false))],
  ['the short status', shortStatus(facts(true))],
  ['help', help(superuser)],
  ['history', history({ connectionName, systemName: 'Exact Online', entries, page: 1, more: true })],
  [
    'incidents',
    incidents({
      ...{ month: '2026-11', page: 1, more: true, list: many(20).map(told) },
      figures: { count: 99, open: 9, detect: null, tell: null, reconnect: null },
    }),
  ],
  [
    'changes',
    masterDataNews({
      name: longName(1),
      askedSince: '7d',
      since: now.toISOString(),
      news: largestNews,
      broughtIn: 9_999,
    }),
  ],
  [
    'changes of one company',
    masterDataNews({
      name: longName(1),
      askedSince: null,
      since: now.toISOString(),
      news: largestNews.slice(0, 1),
      broughtIn: 0,
    }),
  ],
  ['a refusal', refusal(longName(1).repeat(100))],
  ['a fault', fault('0badcafe', { mayBeDone: true })],
  [
    'a link',
    personalLink({
      ...{
        url: `https://syncuser.example.com/connect/${'A'.repeat(43)}`,
        expiresAt: now.toISOString(),
        purpose: 'reconnect',
      },
      ...{ connectionId: 'exact-online-1', connectionName, systemName: 'Exact Online', login: longName(3) },
      hasLoginPage: true,
    }),
  ],
  ['App Home of a superuser', home(facts(true), superuser)],
  ['App Home of a submitter', home(facts(true), submitter)],
  ['App Home while all is well', home(facts(false), superuser)],
  [
    'the form of a change',
    changeModal({
      ...shared,
      connections: many(200).map((index) => ({
        id: `exact-online-${index}`,
        name: longName(index),
        synchronisationUser: longName(2),
      })),
    }),
  ],
  [
    'the form of companies',
    companiesModal({
      ...{ ...shared, isSetUp: false, notReachable: 250 },
      companies: longCompanies.map((one) => ({ ...one, status: 'no-access', linked: true })),
    }),
  ],
  [
    'the form of a reason',
    confirmChangeModal({
      connectionId: 'exact-online-1',
      connectionName,
      change: 1,
      replyTo: { responseUrl: null, channel: null },
    }),
  ],
  ['the form of a handover', handoverModal(shared)],
  ['the form of a link to pass on', sendToIctModal(shared)],
  [
    'the form of a set-up',
    setUpModal({ systems: [{ id: 'exact-online', name: 'Exact Online' }], people: office, metadata }),
  ],
  [
    'the form of a snooze',
    snoozeModal({ ...shared, choices: [{ name: 'an-hour', until: now.getTime() }], timeZone: 'UTC' }),
  ],
  ['the form of a stand-in', standInModal({ ...shared, now: longName(3) })],
  [
    'the form of why',
    whyModal({
      ...{
        connectionName,
        systemName: 'Exact Online',
        login: longName(3),
        cause: 'consent-withdrawn',
        since: now.toISOString(),
      },
      ...{
        lastGoodAt: null,
        saw: { at: now.toISOString(), saw: 'x & <y> '.repeat(2_000) },
        screen: longName(4),
        checksAgainEvery: null,
      },
      ...{ nextReminderAt: now.toISOString(), mayReconnect: people, onIt: null, pausedBy: longName(5) },
    }),
  ],
])('What Slack shows stays within its limits at its largest: %s', (_what, drawn) => {
  expect(violations(drawn)).toEqual([]);
});
