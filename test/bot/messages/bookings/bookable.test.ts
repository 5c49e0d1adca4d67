import { describe, expect, test } from '@jest/globals';
import { companyStatus } from '../../../../bot/messages/connections/company-status.ts';
import { bookingWords } from '../../../../bot/messages/bookings/bookable.ts';
import { paused, resumed } from '../../../../bot/messages/done.ts';
import { home } from '../../../../bot/messages/offices/home.ts';
import { delay } from '../../../../bot/messages/incidents/delay.ts';
import { disconnection } from '../../../../bot/messages/incidents/disconnection.ts';
import { shortStatus } from '../../../../bot/messages/connections/short-status.ts';
import { overview, status } from '../../../../bot/messages/connections/status.ts';
import { bookable, type KindAge } from '../../../../domain/bookings/bookable.ts';
import type { CompanyStatus } from '../../../../domain/connections/company.ts';
import type { ConnectionState } from '../../../../domain/connection.ts';
import { statusWord } from '../../../../words/connections/status.ts';
import { whyNotNow } from '../../../../domain/bookings/delivery.ts';
import { lastComplete } from '../../../../domain/sync/freshness.ts';
import { monthReadiness } from '../../../../domain/bookings/month-readiness.ts';
import type { OfficeUser } from '../../../../domain/offices/office.ts';
import { bookingReadiness } from '../../../../web/api/connections/booking-readiness.ts';
import {
  bookingOf,
  connectionFacts,
  disconnectionFacts,
  minutesAgo,
  now,
  officeFacts,
  state,
} from '../../facts.ts';

const sanne: OfficeUser = { id: 'sanne', name: 'Sanne Jansen', slackUserId: 'U1', roles: ['superuser'] };
const noor: OfficeUser = { id: 'noor', name: 'Noor Bakker', slackUserId: 'U3', roles: ['submitter'] };
const since = minutesAgo(600);

interface Case {
  name: string;
  state?: Partial<ConnectionState>;
  /** Of the first of the twelve companies; the others are reachable. */
  company?: CompanyStatus;
  stopped?: boolean;
  /** Of how many of the twelve documents can be booked. */
  yes: number;
  sign: string;
}

const delayed = { state: 'delayed', reason: 'outage', since, until: null } as const;
const broken = { state: 'disconnected', since, cause: 'consent-withdrawn' } as const;
const again = { state: 'connected', since: minutesAgo(1) } as const;

const cases: Case[] = [
  { name: 'all is well', yes: 12, sign: ':large_green_circle:' },
  { name: 'one is unverified', company: 'unverified', yes: 12, sign: ':large_green_circle:' },
  ...(['no-access', 'blocked', 'licence-expired', 'archived', 'gone'] as const).map((company): Case => ({
    name: `one is ${company}`,
    company,
    yes: 11,
    sign: ':large_yellow_circle:',
  })),
  { name: 'it is disconnected', state: { link: broken }, yes: 0, sign: ':red_circle:' },
  {
    name: 'it is disconnected, and paused',
    state: { link: broken, pausedBy: 'sanne' },
    yes: 0,
    sign: ':red_circle:',
  },
  { name: 'it is paused', state: { pausedBy: 'sanne' }, yes: 12, sign: ':double_vertical_bar:' },
  {
    name: 'it is paused, and one is blocked',
    state: { pausedBy: 'sanne' },
    company: 'blocked',
    yes: 11,
    sign: ':double_vertical_bar:',
  },
  {
    name: 'it is paused, and nothing was read since the login',
    state: { pausedBy: 'sanne', link: again },
    yes: 0,
    sign: ':double_vertical_bar:',
  },
  { name: 'nothing was read since the login', state: { link: again }, yes: 0, sign: ':large_yellow_circle:' },
  { name: 'the package is down', state: { health: delayed }, yes: 0, sign: ':large_yellow_circle:' },
  {
    name: 'the package is down, and it is paused',
    state: { health: delayed, pausedBy: 'sanne' },
    yes: 0,
    sign: ':double_vertical_bar:',
  },
  { name: 'deliveries are stopped', stopped: true, yes: 0, sign: ':large_yellow_circle:' },
  {
    name: 'it is being set up',
    state: { link: { state: 'connecting', since } },
    yes: 0,
    sign: ':white_circle:',
  },
];

/** All that people and programs are told of the same facts. */
function surfaces({ state: changes = {}, company: companyIs, stopped = false }: Case) {
  const connection = state(changes);
  const booking = bookingOf(connection, companyIs ? [companyIs] : [], stopped);
  const pausedBy = connection.pausedBy === null ? null : 'Sanne Jansen';
  const facts = connectionFacts({ booking, pausedBy, statusWord: statusWord(connection) }, changes);
  const office = officeFacts([facts]);
  const line = bookingWords(facts);
  const isConnected = connection.link.state === 'connected';
  const company = { externalId: '101', code: '101', name: 'Bakkerij 1 B.V.', linked: true } as const;
  const at = minutesAgo(2);
  const data: KindAge[] = [{ kind: 'gl-account', lastSuccessAt: at, lastAttemptAt: at, lastError: null }];
  const ofOne = { connection, company: { ...company, status: companyIs ?? 'reachable' }, data, stopped };
  const answer = bookable(ofOne);
  return {
    slack: {
      status: status(office).text,
      overview: overview(office).text,
      short: shortStatus(office).text,
      home: JSON.stringify(home(office, sanne)),
      shortHome: JSON.stringify(home(office, noor)),
    },
    answers: {
      paused: paused('Exact Online', 'Sanne Jansen', line).text,
      resumed: resumed('Exact Online', 'Sanne Jansen', isConnected, line).text,
    },
    ofOneCompany: companyStatus(
      {
        ...{ company, connection: facts, answer, lastSuccessAt: lastComplete(data) },
        ...{ stale: [], mend: null, now },
      },
      sanne,
    ).text,
    readiness: bookingReadiness(
      {
        ...ofOne,
        ...{
          systemName: 'Exact Online',
          synchronisationUser: 'Tom de Vries',
          mayReconnect: ['Sanne Jansen'],
        },
        ...{ onIt: null, onItSince: null, stoppedSince: stopped ? since : null, heldBookings: 0 },
      },
      (moment) => moment,
    ),
    delivery: whyNotNow({ ...ofOne, kinds: ['gl-account'] }),
    month: monthReadiness({
      ...ofOne,
      ...{ month: '2026-10', today: '2026-11-23', now, lastSuccessAt: at },
      bookings: { accepted: 0, held: 0, misfit: 0, delivered: 1, withdrawn: 0 },
    }),
  };
}

/** What a text claims of the connection: of how many of the twelve, or null where it claims nothing. */
function claimOf(text: string): number | null {
  const part = /Documents of (\d+) of 12 companies can be booked/.exec(text);
  if (part) return Number(part[1]);
  if (
    /cannot be booked|[Nn]o document can be booked|can be booked again as soon as|not connected yet/.test(
      text,
    )
  )
    return 0;
  return /[Dd]ocuments can be booked( on the master data that is there)?\./.test(text) ? 12 : null;
}

describe('Whoever is asked whether documents can be booked says the same', () => {
  test.each(cases)('when $name', (one) => {
    const { slack, answers, ofOneCompany, readiness, delivery, month } = surfaces(one);
    const isFirst = one.yes === 12;
    const isSettingUp = one.state?.link?.state === 'connecting';
    for (const [surface, text] of Object.entries({ ...slack, ...answers }))
      if (!isSettingUp || surface.startsWith('short'))
        expect({ surface, claim: claimOf(text) }).toEqual({ surface, claim: one.yes });
    for (const [surface, text] of Object.entries(slack))
      if (!(surface === 'shortHome' && one.sign === ':red_circle:'))
        expect({ surface, text }).toEqual({ surface, text: expect.stringContaining(one.sign) });
    for (const text of [...Object.values(slack), ofOneCompany])
      if (one.yes < 12) expect(text).not.toContain('all fine');
    if (one.yes < 12)
      for (const text of Object.values(slack)) expect(text).not.toContain(':large_green_circle:');
    expect(ofOneCompany.includes(': documents can be booked.')).toBe(isFirst);
    expect(ofOneCompany.includes(': documents cannot be booked')).toBe(!isFirst);
    expect('ready' in readiness).toBe(isFirst);
    expect(delivery === null).toBe(isFirst);
    const monthLong = ['not-connected', 'company-not-reachable', 'deliveries-stopped'];
    if (isFirst) expect(month.reasons.filter(({ why }) => monthLong.includes(why))).toEqual([]);
  });

  test('and so do the alerts', () => {
    const announced = { what: 'delay' as const, systemName: 'Exact Online', since, connections: ['Noord'] };
    for (const reason of ['outage', 'rate-limit'] as const)
      expect(claimOf(delay({ ...announced, reason, endedAt: null }).text)).toBe(0);
    expect(disconnection(disconnectionFacts).text).toContain('no document of these companies can be booked');
    const ended = { how: 'reconnected', by: 'Tom de Vries', at: minutesAgo(1) } as const;
    expect(disconnection({ ...disconnectionFacts, ended, bookedAgain: 'once-read' }).text).toContain(
      'Documents of 2 companies can be booked again as soon as their master data has been read again.',
    );
  });
});
