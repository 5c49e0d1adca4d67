import { describe, expect, test } from '@jest/globals';
import {
  bookable,
  obstructions,
  sumOfBookable,
  type Bookable,
  type BookingFacts,
  type KindAge,
} from '../../../domain/bookings/bookable.ts';
import type { Company, CompanyStatus } from '../../../domain/connections/company.ts';
import type { Health, LinkState } from '../../../domain/connection.ts';

const since = '2026-11-25T10:00:00.000Z';
const before = '2026-11-25T09:59:59.999Z';
const until = '2026-11-25T11:00:00.000Z';

const links: LinkState[] = [
  { state: 'connected', since },
  { state: 'disconnected', since, cause: 'consent-withdrawn' },
  { state: 'connecting', since },
  { state: 'abandoned', since },
];
const healths = [
  { state: 'ok' },
  { state: 'delayed', reason: 'outage', since, until: null },
  { state: 'delayed', reason: 'rate-limit', since, until },
  // What is looked at twice is a short delay.
  { state: 'doubtful', since } as unknown as Health,
] satisfies Health[];
const pauses = [null, 'sanne'];
const statuses: (CompanyStatus | 'not-linked' | 'unknown')[] = [
  'reachable',
  'unverified',
  'no-access',
  'blocked',
  'licence-expired',
  'archived',
  'gone',
  'not-linked',
  'unknown',
];
const age = (kind: KindAge['kind'], at: string | null, changes: Partial<KindAge> = {}): KindAge => ({
  kind,
  lastSuccessAt: at,
  lastAttemptAt: at,
  lastError: null,
  ...changes,
});
const datas = {
  never: [],
  old: [age('gl-account', since), age('relation', before)],
  fresh: [age('gl-account', since), age('relation', since), age('cost-unit', before)],
};

interface Row {
  link: LinkState;
  health: Health;
  pausedBy: string | null;
  status: (typeof statuses)[number];
  stopped: boolean;
  data: keyof typeof datas;
}

const rows: Row[] = links.flatMap((link) =>
  healths.flatMap((health) =>
    pauses.flatMap((pausedBy) =>
      statuses.flatMap((status) =>
        [false, true].flatMap((stopped) =>
          (['never', 'old', 'fresh'] as const).map((data) => ({
            link,
            health,
            pausedBy,
            status,
            stopped,
            data,
          })),
        ),
      ),
    ),
  ),
);

function factsOf({ link, health, pausedBy, status, stopped, data }: Row): BookingFacts {
  const company =
    status === 'unknown'
      ? undefined
      : status === 'not-linked'
        ? ({ linked: false, status: 'reachable' } as const)
        : { linked: true, status };
  return { connection: { link, health, pausedBy }, company, data: datas[data], stopped };
}

const no = (why: string, responder: string) => ({ may: 'no', why, responder }) as Bookable;
const waits = (why: string, at: string | null = null) => ({ may: 'waits', why, until: at }) as Bookable;
const isLink = (state: string) => (row: Row) => row.link.state === state;
const isCompany = (status: string) => (row: Row) => row.status === status;
const isDelayed = ({ health }: Row) => health.state !== 'ok';
const end = ({ health }: Row) => ('until' in health ? health.until : null);

/** The first that fits counts. */
const table: [when: string, fits: (row: Row) => boolean, answer: (row: Row) => Bookable][] = [
  ['disconnected', isLink('disconnected'), () => no('disconnected', 'log-in')],
  ['being set up', isLink('connecting'), () => no('not-connected-yet', 'synchronisation-user')],
  ['given up', isLink('abandoned'), () => no('abandoned', 'superuser')],
  ['never chosen', isCompany('not-linked'), () => no('not-chosen', 'superuser')],
  ['not known', isCompany('unknown'), () => no('not-chosen', 'superuser')],
  ...(['no-access', 'blocked', 'licence-expired', 'archived', 'gone'] as const).map(
    (status): (typeof table)[number] => [status, isCompany(status), () => no(status, 'administrator')],
  ),
  ['stopped', ({ stopped }) => stopped, () => no('deliveries-stopped', 'superuser')],
  [
    'paused before it was read',
    ({ pausedBy, data }) => pausedBy !== null && data !== 'fresh',
    () => no('paused', 'superuser'),
  ],
  ['never read', ({ data }) => data === 'never', (row) => waits('first-sync', end(row))],
  ['delayed or in doubt', isDelayed, (row) => waits('delayed', end(row))],
  ['not read since the login', ({ data }) => data === 'old', () => waits('master-data-not-fresh')],
  ['fine', () => true, () => ({ may: 'yes' })],
];

describe('May a document be booked?', () => {
  test.each(table)('when it is %s', (when, fits, answer) => {
    const index = table.findIndex(([name]) => name === when);
    const mine = rows.filter((row) => fits(row) && !table.slice(0, index).some(([, former]) => former(row)));
    expect(mine.length).toBeGreaterThan(0);
    for (const row of mine)
      expect({ row, answer: bookable(factsOf(row)) }).toEqual({ row, answer: answer(row) });
  });

  test('every reason is told, what a person must end before what ends by itself', () => {
    const facts = factsOf({
      ...{ link: links[0]!, health: healths[1]!, pausedBy: 'sanne', status: 'blocked', stopped: true },
      data: 'old',
    });
    expect(obstructions(facts).map(({ why }) => why)).toEqual([
      'blocked',
      'deliveries-stopped',
      'paused',
      'delayed',
    ]);
  });

  test('a company that a listing calls reachable, and whose books were refused, is what the refusal says', () => {
    const lastError = { code: 'company: licence-expired' };
    const facts = factsOf({
      ...{ link: links[0]!, health: healths[0]!, pausedBy: null, status: 'reachable', stopped: false },
      data: 'fresh',
    });
    const data = [...facts.data, age('cost-centre', before, { lastAttemptAt: since, lastError })];
    expect(bookable({ ...facts, data })).toEqual(no('licence-expired', 'administrator'));
    const readSince = data.map((one) => (one.kind === 'relation' ? age('relation', until) : one));
    expect(bookable({ ...facts, data: readSince })).toEqual({ may: 'yes' });
  });
});

test('A connection is summed up by its companies, and by the reasons of those that cannot be booked', () => {
  const company = (id: string, status: CompanyStatus = 'reachable'): Company & { linked: boolean } => ({
    ...{ externalId: id, code: id, name: id, status },
    linked: true,
  });
  const ages = ['101', '102', '103', '104', '105'].flatMap((id) =>
    (id === '105' ? [] : datas.fresh).map((one) => ({ ...one, company: { id } })),
  );
  const linked = [
    company('101'),
    company('102', 'blocked'),
    company('103'),
    company('104', 'blocked'),
    company('105'),
  ];
  const connection = { link: links[0]!, health: healths[0]!, pausedBy: null };
  const sum = sumOfBookable({ connection, stopped: false }, linked, ages);
  expect(sum).toMatchObject({ connection: { may: 'yes' }, of: 5, yes: 2 });
  expect(sum.not.map(({ answer, companies }) => [answer.why, companies.map(({ code }) => code)])).toEqual([
    ['blocked', ['102', '104']],
    ['first-sync', ['105']],
  ]);
  const health = healths[2]!;
  expect(
    sumOfBookable({ connection: { ...connection, health }, stopped: false }, linked, ages),
  ).toMatchObject({
    connection: waits('delayed', until),
    yes: 0,
  });
});
