import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { AccountingFailure } from '../../../accounting/failure.ts';
import { createAccountingSystems } from '../../../accounting/registry.ts';
import { createActivities, type Activities } from '../../../activities/index.ts';
import type { PurchaseBooking } from '../../../domain/bookings/purchase-booking.ts';
import { fit, namings } from '../../../domain/bookings/booking-fit.ts';
import { createWorkbench, type Workbench } from '../../accounting/exact-online/sandbox.ts';
import { enterAtOnce } from '../../accounting/bookings-contract.ts';
import { booking } from '../../booking.ts';
import { onSqlite } from '../../database.ts';
import {
  connectionId,
  inTemporal,
  killedAtEveryStep,
  office as books,
  openOffice,
  type OfficeWithBooks,
  noDeliveries,
  quietEnvironment,
} from '../office-with-books.ts';
import { withSession } from '../with-session.ts';

let bench: Workbench;
let office: OfficeWithBooks;
let companyId: string;
let supplier: string;
let round = 0;
const open = onSqlite();
const settleMs = 60_000;

beforeAll(async () => {
  bench = await createWorkbench({ companies: 2, minuteLimit: 100_000, dayLimit: 1_000_000 });
  companyId = String((await bench.divisions())[0]);
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.turn('reset', {});
  bench.resetClock();
  office = await openOffice(bench, open);
  await office.connected();
  await bringIn();
  const { rows } = await office.store.masterData.rows({ connectionId, companyId, kind: 'relation' });
  supplier = rows.find(
    ({ active, details }) => active && 'isSupplier' in details && details.isSupplier,
  )!.externalId;
});

const line = () => ({ connectionId, companyId });
async function bringIn(): Promise<void> {
  round += 1;
  const { login } = (await office.store.connections.get(connectionId))!;
  const chunk = { connectionId, round, grantId: login!.grantId, companies: [companyId] };
  await inTemporal(() => office.activities.syncCompanies(chunk));
}
async function handOver(reference: string, changes: Partial<PurchaseBooking> = {}) {
  const handed = booking({ supplier, reference, invoiceNumber: `F-${reference}`, ...changes });
  const known = await office.store.namedRows.find(line(), namings(handed));
  const { misfits, rows } = fit(handed, known, null);
  expect(misfits).toEqual([]);
  return (await office.store.purchaseBookings.take(line(), { booking: handed, pinned: rows, hold: null }))
    .kept;
}
const next = (activities: Activities = office.activities) =>
  inTemporal(() => activities.deliverNextBooking({ ...line(), settleMs }));
const stateOf = async (reference: string) => (await office.store.purchaseBookings.find(line(), reference))!;
async function entries(): Promise<{ division: number; yourRef: string; amount: number; number: number }[]> {
  const state = (await (await fetch(`${bench.url}/control/state`)).json()) as { entries: never[] };
  return state.entries;
}

describe('A booking that is handed over', () => {
  test('is entered, read back, and its entry number kept as the proof', async () => {
    await handOver('a');
    expect(await next()).toEqual({ kind: 'settled' });
    const [entry] = await entries();
    expect(entry).toMatchObject({ division: Number(companyId), yourRef: 'F-a', amount: 121 });
    expect(await stateOf('a')).toMatchObject({
      state: 'delivered',
      entry: { number: String(entry?.number) },
    });
    expect(await next()).toEqual({ kind: 'idle' });
  });

  test('is entered in the order of the line, also when one before it has to be tried again', async () => {
    for (const reference of ['a', 'b', 'c']) await handOver(reference);
    await bench.turn('outage', { on: true });
    expect(await next()).toMatchObject({ kind: 'held' });
    await bench.turn('outage', { on: false });
    while ((await next()).kind !== 'idle');
    expect((await entries()).map(({ yourRef }) => yourRef)).toEqual(['F-a', 'F-b', 'F-c']);
  });

  test('that was booked although no answer came is found, and not booked twice', async () => {
    await handOver('a');
    await bench.turn('lose-entry-reply', {});
    expect(await next()).toMatchObject({ kind: 'held', changed: true });
    expect(await stateOf('a')).toMatchObject({ state: 'held', hold: { reason: 'outcome-unknown' } });
    expect(await next()).toEqual({ kind: 'settled' });
    expect(await stateOf('a')).toMatchObject({ state: 'delivered' });
    expect(await entries()).toHaveLength(1);
  });

  test('that Syncuser itself fails at is left to a human after a few tries, and the next one goes on', async () => {
    await handOver('a');
    await handOver('b');
    const failing = office.process({
      system: withSession(bench.system, ({ purchaseBookings }) => ({
        purchaseBookings: {
          ...purchaseBookings!,
          find: async (query) => {
            if (query.invoiceNumber === 'F-a') throw new URIError('URI malformed');
            return purchaseBookings!.find(query);
          },
        },
      })),
    });
    const attempt = (count: number) =>
      inTemporal(
        () => failing.deliverNextBooking({ ...line(), settleMs }),
        quietEnvironment({ attempt: count }),
      );
    await expect(attempt(4)).rejects.toThrow('URI malformed');
    expect(await stateOf('a')).toMatchObject({ state: 'accepted' });
    expect(await attempt(5)).toEqual({ kind: 'settled' });
    expect(await stateOf('a')).toMatchObject({ state: 'misfit', misfits: [{ why: 'our-fault' }] });
    expect(await attempt(1)).toEqual({ kind: 'settled' });
    expect(await stateOf('b')).toMatchObject({ state: 'delivered' });
  });

  test('that is refused as entered twice, for an earlier attempt came to its end meanwhile, is delivered', async () => {
    await handOver('a');
    const overtaken = withSession(bench.system, ({ purchaseBookings }) => ({
      purchaseBookings: {
        ...purchaseBookings!,
        prepare: async (request) => ({
          enter: async () => {
            await enterAtOnce(purchaseBookings!, request);
            throw new AccountingFailure({ about: 'booking', said: 'There is one like it.' }, 'refused');
          },
        }),
      },
    }));
    expect(await next(office.process({ system: overtaken }))).toEqual({ kind: 'settled' });
    expect(await stateOf('a')).toMatchObject({ state: 'delivered', misfits: [] });
    expect(await entries()).toHaveLength(1);
  });

  test('that may still be under way is not sent again before it must have come to its end', async () => {
    await handOver('a');
    const dead = office.process({
      system: withSession(bench.system, ({ purchaseBookings }) => ({
        purchaseBookings: {
          ...purchaseBookings!,
          prepare: async () => ({
            enter: async () => {
              throw new Error('killed');
            },
          }),
        },
      })),
    });
    await next(dead);
    expect(await next()).toMatchObject({ kind: 'held' });
    expect(await entries()).toEqual([]);
    await bench.advance(61);
    expect(await next()).toEqual({ kind: 'settled' });
    expect(await entries()).toHaveLength(1);
  });

  test('is booked once, whenever the process is killed', async () => {
    let count = 0;
    await killedAtEveryStep(office, {
      prepare: () => handOver(`k${++count}`),
      run: (dying) => next(dying),
      async afterwards({ booking: { reference, invoiceNumber } }, step) {
        while ((await next()).kind === 'held') await bench.advance(61);
        expect([step, (await stateOf(reference)).state]).toEqual([step, 'delivered']);
        expect((await entries()).filter(({ yourRef }) => yourRef === invoiceNumber)).toHaveLength(1);
      },
    });
  });
});

describe('A booking waits', () => {
  const disconnected = async () =>
    office.save({
      link: { state: 'disconnected', since: bench.now().toISOString(), cause: 'consent-withdrawn' },
    });

  test('while the connection is broken, and afterwards until the master data has been read again', async () => {
    await handOver('a');
    await disconnected();
    expect(await next()).toMatchObject({ kind: 'held' });
    expect(await stateOf('a')).toMatchObject({ hold: { reason: 'disconnected' } });

    await bench.advance(10);
    await office.save({ link: { state: 'connected', since: bench.now().toISOString() } });
    await next();
    expect(await stateOf('a')).toMatchObject({ hold: { reason: 'master-data-not-fresh' } });

    await bringIn();
    expect(await next()).toEqual({ kind: 'settled' });
    expect(await stateOf('a')).toMatchObject({ state: 'delivered', hold: null });
  });

  test('and the office reads in the morning what has been waiting for more than an hour', async () => {
    await handOver('a');
    await bench.turn('booking-right', { user: 'CX_Basecone', allowed: false });
    await next();
    const morning = () =>
      createActivities({
        store: office.store,
        speaker: office.speaker,
        deliveries: noDeliveries,
        office: books,
        systems: createAccountingSystems([bench.system]),
        now: () => new Date('2027-01-04T08:00:00.000Z'),
      }).tellDigest();
    await morning();
    expect(office.speaker.standing('digest/2027-01-04')).toMatchObject({
      bookings: [{ count: 1, waitFor: 'not-allowed' }],
    });
  });

  test('and what it waits for is told once, not with every look', async () => {
    await handOver('a');
    await disconnected();
    expect(await next()).toMatchObject({ changed: true });
    expect(await next()).toMatchObject({ changed: false });
    expect(await office.store.bookingNotices.unsent(line())).toHaveLength(2);
  });

  test('while the login may not book, and says when it is tried again', async () => {
    await handOver('a');
    await bench.turn('booking-right', { user: 'CX_Basecone', allowed: false });
    expect(await next()).toMatchObject({ kind: 'held', until: expect.any(String) });
    expect(await stateOf('a')).toMatchObject({ state: 'held', hold: { reason: 'not-allowed' } });
    await bench.turn('booking-right', { user: 'CX_Basecone', allowed: true });
    expect(await next()).toEqual({ kind: 'settled' });
    expect(await entries()).toHaveLength(1);
  });
});

describe('A booking that does not fit', () => {
  const listed = () => office.speaker.all.filter(({ key }) => key.startsWith('unfit-bookings'));
  const tell = () => inTemporal(() => office.activities.tellUnfitBookings({ connectionId }));
  const block = async (code: string) => {
    const { rows } = await office.store.masterData.rows({ connectionId, companyId, kind: 'gl-account' });
    const row = rows.find((one) => one.code === code)!;
    const { db } = await open();
    await db
      .updateTable('master_data')
      .set({ active: 0, details: JSON.stringify({ blocked: true }) })
      .where('external_id', '=', row.externalId)
      .execute();
  };

  test('after the master data changed is set aside, listed with what does not fit, and lets the others pass', async () => {
    await handOver('a');
    await handOver('b', {
      lines: [{ glAccount: '4100', netAmount: '100.00', vatCode: '2', vatAmount: '21.00' }],
    });
    await block('4410');
    await next();
    await next();
    expect(await stateOf('a')).toMatchObject({
      state: 'misfit',
      misfits: [{ field: 'lines.1.glAccount', value: '4410', why: 'blocked' }],
    });
    expect((await entries()).map(({ yourRef }) => yourRef)).toEqual(['F-b']);
    await tell();
    expect(listed()).toMatchObject([
      {
        announcement: {
          bookings: [{ reference: 'a', misfits: [{ field: 'lines.1.glAccount', value: '4410' }] }],
        },
      },
    ]);
  });

  test('is delivered once a human corrected it, and the message about it is edited', async () => {
    const { id } = await handOver('a');
    await block('4410');
    await next();
    await tell();
    const lines = [{ glAccount: '4400', netAmount: '100.00', vatCode: '2', vatAmount: '21.00' }];
    const corrected = booking({ supplier, reference: 'a', invoiceNumber: 'F-a', lines });
    const { rows } = fit(corrected, await office.store.namedRows.find(line(), namings(corrected)), null);
    expect(await office.store.purchaseBookings.correct(id, { booking: corrected, pinned: rows })).toBe(true);
    expect(await next()).toEqual({ kind: 'settled' });
    await tell();
    expect(new Set(listed().map(({ key }) => key)).size).toBe(1);
    expect(listed().at(-1)).toMatchObject({ announcement: { bookings: [] } });
  });

  test('because the package refuses it carries the words of the package', async () => {
    await handOver('a');
    const refusing = withSession(bench.system, ({ purchaseBookings }) => ({
      purchaseBookings: {
        ...purchaseBookings!,
        prepare: ({ entry, ...query }) =>
          purchaseBookings!.prepare({
            ...query,
            entry: { ...entry, journal: { externalId: 'any', code: 'no such' } },
          }),
      },
    }));
    await next(office.process({ system: refusing }));
    expect(await stateOf('a')).toMatchObject({
      state: 'misfit',
      misfits: [{ field: 'booking', why: 'refused', said: expect.stringContaining('no such') }],
      attemptedAt: null,
    });
  });

  test('for which the package has a fault of its own, however it words it, waits and is then told with those words', async () => {
    await handOver('a');
    await handOver('b', { invoiceDate: '2026-12-01' });
    await bench.turn('close-period', { division: Number(companyId), until: '2026-11' });
    for (let attempts = 1; attempts <= 5; attempts += 1) {
      expect(await next()).toMatchObject({ kind: 'held' });
      expect(await stateOf('a')).toMatchObject({
        ...{ state: 'held', hold: { reason: 'outcome-unknown' } },
        failures: attempts,
      });
      await bench.advance(61);
    }
    while ((await next()).kind !== 'idle');
    expect(await stateOf('a')).toMatchObject({
      state: 'misfit',
      misfits: [{ field: 'booking', why: 'refused', said: expect.stringContaining('period is closed') }],
    });
    expect((await entries()).map(({ yourRef }) => yourRef)).toEqual(['F-b']);
  });

  test('is delivered in its order after a fault of the package that was over sooner', async () => {
    for (const reference of ['a', 'b']) await handOver(reference);
    await bench.turn('close-period', { division: Number(companyId), until: '2026-11' });
    await next();
    await bench.advance(61);
    await next();
    await bench.turn('close-period', { division: Number(companyId), until: '' });
    await bench.advance(61);
    while ((await next()).kind !== 'idle');
    expect((await entries()).map(({ yourRef }) => yourRef)).toEqual(['F-a', 'F-b']);
  });

  test('because the invoice is booked already names that entry', async () => {
    await handOver('a');
    await next();
    const [byHand] = await entries();
    await handOver('again', { invoiceNumber: 'F-a' });
    await next();
    expect(await stateOf('again')).toMatchObject({
      state: 'misfit',
      misfits: [{ field: 'invoiceNumber', why: 'already-booked', said: String(byHand?.number) }],
    });
  });

  test('because another invoice has its number is booked once somebody has looked at that entry', async () => {
    await handOver('a');
    await next();
    const [first] = await entries();
    const { id, booking: handed, pinned } = await handOver('b', { invoiceNumber: 'F-a' });
    await next();
    const besides = [String(first?.number)];
    await office.store.purchaseBookings.correct(id, { booking: { ...handed, besides }, pinned });
    await next();
    expect(await stateOf('b')).toMatchObject({ state: 'delivered' });
    await handOver('c', { invoiceNumber: 'F-a', besides });
    await next();
    const [, second] = await entries();
    expect(await stateOf('c')).toMatchObject({
      state: 'misfit',
      misfits: [{ why: 'already-booked', said: String(second?.number) }],
    });
  });
});

test('an invoice number that the supplier used the year before is that of another invoice', async () => {
  await handOver('a', { invoiceDate: '2025-11-20' });
  await handOver('b', { invoiceNumber: 'F-a' });
  await next();
  await next();
  const numbers = (await entries()).map(({ number }) => String(number));
  expect(numbers).toHaveLength(2);
  expect(await stateOf('b')).toMatchObject({ state: 'delivered', entry: { number: numbers[1] } });
});

test('a booking that comes back from another company stops every delivery of the connection, until somebody looked', async () => {
  await handOver('a');
  await handOver('b');
  const elsewhere = withSession(bench.system, ({ purchaseBookings }) => ({
    purchaseBookings: {
      ...purchaseBookings!,
      find: async (query) =>
        (await purchaseBookings!.find(query)).map((entry) => ({ ...entry, companyId: '999' })),
    },
  }));
  await next(office.process({ system: elsewhere }));
  expect(await office.store.deliveryStops.of(connectionId)).toMatchObject({
    expectedCompany: companyId,
    foundCompany: '999',
  });
  expect(await next()).toMatchObject({ kind: 'held' });
  expect(await entries()).toHaveLength(1);
  await inTemporal(() => office.activities.tellDeliveryStop({ connectionId }));
  expect(office.speaker.all.at(-1)).toMatchObject({
    announcement: { what: 'deliveries-stopped', reference: 'a', found: '999' },
  });

  await office.store.deliveryStops.lift(connectionId);
  while ((await next()).kind !== 'idle');
  expect((await entries()).map(({ yourRef }) => yourRef)).toEqual(['F-a', 'F-b']);
});

test('a booking that stands in the books twice stops every delivery of the connection, and both numbers are told', async () => {
  await handOver('a');
  await handOver('b');
  const twice = withSession(bench.system, ({ purchaseBookings }) => ({
    purchaseBookings: {
      ...purchaseBookings!,
      prepare: async (request) => ({
        enter: async () => {
          for (const _ of [1, 2]) await enterAtOnce(purchaseBookings!, request);
        },
      }),
    },
  }));
  await next(office.process({ system: twice }));
  const numbers = (await entries()).map(({ number }) => String(number));
  expect(numbers).toHaveLength(2);
  expect(await office.store.deliveryStops.of(connectionId)).toMatchObject({ entries: numbers });
  expect(await next()).toMatchObject({ kind: 'held' });
  await inTemporal(() => office.activities.tellDeliveryStop({ connectionId }));
  expect(office.speaker.all.at(-1)).toMatchObject({
    announcement: { what: 'deliveries-stopped', reference: 'a', entries: numbers },
  });

  await office.store.deliveryStops.lift(connectionId);
  while ((await next()).kind !== 'idle');
  expect(await stateOf('a')).toMatchObject({ state: 'delivered', entry: { number: numbers[0] } });
  expect(await office.store.deliveryStops.of(connectionId)).toBeNull();
});

describe('A booking in the name of a person', () => {
  const connects = async () => {
    const signInId = await office.logsIn('sanne', 'T.deVries');
    const found = await office.activities.redeemSignIn({ connectionId, signInId });
    if (found.result === 'refused') throw new Error('refused');
    await office.activities.acceptSignIn({ connectionId, signInId, person: 'sanne', found });
  };
  const loses = () => bench.turn('withdraw-consent', { user: 'T.deVries' });
  async function answered(method: string): Promise<{ path: string; user: string }[]> {
    const log = (await (await fetch(`${bench.url}/control/log?limit=100`)).json()) as {
      method: string;
      path: string;
      user: string;
      status: number;
    }[];
    return log.filter((call) => call.method === method && call.status < 300);
  }
  /** By whose login the package was asked for the entry, first to last. */
  const lookedFor = async (reference: string) =>
    (await answered('GET'))
      .filter(({ path }) => path.includes(`'F-${reference}'`))
      .map(({ user }) => user)
      .reverse();
  /** What was sent did not arrive, and nobody knows. */
  const unsent = () =>
    office.process({
      system: withSession(bench.system, ({ purchaseBookings }) => ({
        purchaseBookings: {
          ...purchaseBookings!,
          prepare: async () => ({
            enter: async () => {
              throw new AccountingFailure({ about: 'delay', reason: 'outage', until: null }, 'no answer');
            },
          }),
        },
      })),
    });
  beforeEach(connects);

  test('is made by their own login', async () => {
    await handOver('own', { bookAs: 'sanne' });
    expect(await next()).toEqual({ kind: 'settled' });
    expect(await lookedFor('own')).toEqual(['T.deVries', 'T.deVries']);
    expect((await answered('POST'))[0]).toMatchObject({ user: 'T.deVries' });
  });

  test('is looked up by the same login before anything is sent again', async () => {
    await handOver('same', { bookAs: 'sanne' });
    await bench.turn('lose-entry-reply', {});
    await next();
    expect(await stateOf('same')).toMatchObject({ state: 'held', hold: { reason: 'outcome-unknown' } });
    await bench.advance(61);
    expect(await next()).toEqual({ kind: 'settled' });
    expect(await stateOf('same')).toMatchObject({ state: 'delivered' });
    expect(await lookedFor('same')).toEqual(['T.deVries', 'T.deVries']);
    expect(await entries()).toHaveLength(1);
  });

  test('that was booked before their login was lost is found by that of the connection', async () => {
    await handOver('lost', { bookAs: 'sanne' });
    await bench.turn('lose-entry-reply', {});
    await next();
    await loses();
    expect(await next()).toMatchObject({ kind: 'held', changed: true });
    expect(await next()).toEqual({ kind: 'settled' });
    expect(await stateOf('lost')).toMatchObject({ state: 'delivered' });
    expect(await lookedFor('lost')).toEqual(['T.deVries', 'CX_Basecone']);
    expect(await entries()).toHaveLength(1);
  });

  test('that was not booked before their login was lost is set aside once that is sure, and not made by another', async () => {
    await handOver('a', { bookAs: 'sanne' });
    await next(unsent());
    await loses();
    await next();
    await next();
    expect(await stateOf('a')).toMatchObject({ state: 'held', hold: { reason: 'outcome-unknown' } });
    await bench.advance(61);
    expect(await next()).toEqual({ kind: 'settled' });
    expect(await stateOf('a')).toMatchObject({
      state: 'misfit',
      misfits: [{ field: 'bookAs', value: 'sanne', why: 'no-working-login' }],
      attemptedAt: null,
    });
    expect(await entries()).toEqual([]);
  });

  test('of which nobody can say whether it was booked says what it waits for, until they have connected again', async () => {
    await handOver('a', { bookAs: 'sanne' });
    await next(unsent());
    await loses();
    await bench.turn('booking-right', { user: 'CX_Basecone', allowed: false });
    await next();
    expect(await next()).toMatchObject({ kind: 'held', until: expect.any(String) });
    expect(await stateOf('a')).toMatchObject({ state: 'held', hold: { reason: 'login-lost' } });
    await connects();
    await bench.advance(61);
    expect(await next()).toEqual({ kind: 'settled' });
    expect(await stateOf('a')).toMatchObject({ state: 'delivered' });
    expect(await entries()).toHaveLength(1);
  });

  test('who may not book there is set aside, and holds up nobody else', async () => {
    await handOver('a', { bookAs: 'sanne' });
    await handOver('b');
    await bench.turn('booking-right', { user: 'T.deVries', allowed: false });
    while ((await next()).kind !== 'idle');
    expect(await stateOf('a')).toMatchObject({
      state: 'misfit',
      misfits: [{ field: 'bookAs', value: 'sanne', why: 'may-not-book' }],
    });
    expect((await entries()).map(({ yourRef }) => yourRef)).toEqual(['F-b']);
  });

  test('that nobody could make, for our app may not book, waits like the others', async () => {
    await handOver('a', { bookAs: 'sanne' });
    await bench.turn('app-scope', { scope: 'purchase.invoices', level: 'read' });
    expect(await next()).toMatchObject({ kind: 'held' });
    expect(await stateOf('a')).toMatchObject({ state: 'held', hold: { reason: 'not-allowed' } });
  });

  test('without a login that works is set aside, and is not made by another', async () => {
    await handOver('a', { bookAs: 'petra' });
    await next();
    expect(await stateOf('a')).toMatchObject({
      state: 'misfit',
      misfits: [{ field: 'bookAs', why: 'no-working-login' }],
    });
    expect(await entries()).toEqual([]);
  });
});

describe('The caller', () => {
  const send = (activities: Activities) => inTemporal(() => activities.sendBookingNotices(line()));

  test('is told of every change in order, and again from where they did not listen', async () => {
    const heard: unknown[] = [];
    let deaf = true;
    const activities = office.process({
      bookingHook: {
        async send({ facts }) {
          if (deaf && heard.length === 1) throw new Error('not there');
          heard.push(facts.state);
        },
      },
    });
    await handOver('a');
    await bench.turn('outage', { on: true });
    await next();
    await bench.turn('outage', { on: false });
    await next();
    await expect(send(activities)).rejects.toThrow('not there');
    deaf = false;
    await send(activities);
    await send(activities);
    expect(heard).toEqual(['accepted', 'held', 'delivered']);
  });

  test('without an address is not told later of what was long ago', async () => {
    await handOver('a');
    await send(office.activities);
    expect(await office.store.bookingNotices.unsent(line())).toEqual([]);
  });

  test('whose login is refused meanwhile reports it, with the words of the package for whoever asks why', async () => {
    await handOver('a');
    await bench.turn('withdraw-consent', { user: 'CX_Basecone' });
    const { login } = (await office.store.connections.get(connectionId))!;
    expect(await next()).toMatchObject({
      kind: 'held',
      broken: { grantId: login!.grantId, cause: 'consent-withdrawn' },
    });
    expect(await office.store.loginRefusals.last(connectionId)).not.toBeNull();
    expect(await office.activities.waitingBookings({ connectionId })).toEqual({ companies: [companyId] });
  });
});
