import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { newEntry } from '../../../activities/bookings/booking-entry.ts';
import { fit, namings } from '../../../domain/bookings/booking-fit.ts';
import type { BookingState, PurchaseBooking } from '../../../domain/bookings/purchase-booking.ts';
import { createWorkbench, type Workbench } from '../../accounting/exact-online/sandbox.ts';
import { enterAtOnce } from '../../accounting/bookings-contract.ts';
import { booking } from '../../booking.ts';
import { onPostgres, onSqlite } from '../../database.ts';
import { allowed, step, type Step } from '../booking-steps.ts';
import {
  connectionId,
  inTemporal,
  killedBefore,
  openOffice,
  type OfficeWithBooks,
} from '../office-with-books.ts';
import { withSession } from '../with-session.ts';

/**
 * How many sequences, from which seed, and on which database:
 * `BOOKING_WALKS=500 BOOKING_SEED=7 BOOKING_DATABASE=postgres npm test -- test/activities/bookings/booking-model.test.ts`.
 */
const walks = Number(process.env['BOOKING_WALKS'] ?? 12);
const seed = Number(process.env['BOOKING_SEED'] ?? 1);
const open = process.env['BOOKING_DATABASE'] === 'postgres' ? onPostgres() : onSqlite();

const settleMs = 60_000;
/** As often as a booking may have to wait for its turn, for the end of an attempt, or for half an hour after a no. */
const mostLooks = 150;

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench({ companies: 1, minuteLimit: 1e9, dayLimit: 1e9 });
});
afterAll(() => bench.close());

/** A company in whose line bookings are handed over, and the package in which they are booked. */
interface Desk {
  office: OfficeWithBooks;
  companyId: string;
  supplier: string;
  bringIn: () => Promise<void>;
}

async function walk({ office, companyId, supplier, bringIn }: Desk, name: string, steps: readonly Step[]) {
  const line = { connectionId, companyId };
  const {
    purchaseBookings: kept,
    bookingNotices,
    namedRows,
    grants,
    connections,
    deliveryStops,
  } = office.store;
  /** What was handed over and taken, as its caller knows it. */
  const paper = new Map<string, PurchaseBooking>();
  const told = new Map<string, BookingState[]>();
  const delivered = new Set<string>();
  let mayBook = true;

  const referenceOf = (of: string) => `${name}-${of}`;
  const bookingOf = (of: string, which: string): PurchaseBooking => {
    const first = booking({ supplier, reference: referenceOf(of), invoiceNumber: `F-${referenceOf(of)}` });
    if (which === 'first') return first;
    if (which === 'other') return { ...first, description: 'Toner' };
    const totals = { net: '100', vat: '21.0', gross: '121' };
    return { ...first, supplier: supplier.toUpperCase(), dueDate: null, totals };
  };
  const pinnedOf = async (handed: PurchaseBooking) =>
    fit(handed, await namedRows.find(line, namings(handed)), null).rows;
  const letBook = (allowed: boolean) => bench.turn('booking-right', { user: 'CX_Basecone', allowed });
  const stored = async (of: string) => kept.find(line, referenceOf(of));
  const deliver = (activities = office.activities) =>
    inTemporal(() => activities.deliverNextBooking({ ...line, settleMs }));
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

  async function deliverSomehow(how: string): Promise<void> {
    if (how === 'by two') await Promise.all([deliver(), deliver()]);
    else if (how === 'refused') await deliver(office.process({ system: refusing }));
    else if (how === 'answer lost') {
      await bench.turn('lose-entry-reply', {});
      await deliver();
      await bench.turn('lose-entry-reply', { times: 0 });
    } else if (how === 'fault of the package') {
      await bench.turn('close-period', { division: Number(companyId), until: '2026-12' });
      await deliver();
      await bench.turn('close-period', { division: Number(companyId), until: '' });
    } else if (how === 'outage') {
      await bench.turn('outage', { on: true });
      await deliver();
      await bench.turn('outage', { on: false });
    } else await deliver();
  }

  async function die(before: number): Promise<void> {
    const { wasKilled, ...parts } = killedBefore(before, { store: office.store, speaker: office.speaker });
    await deliver(office.process(parts)).catch((error: unknown) => {
      if (!wasKilled()) throw error;
    });
  }

  async function book(of: string, which: string): Promise<void> {
    const handed = bookingOf(of, which);
    const before = paper.get(of);
    const { was } = await kept.take(line, { booking: handed, pinned: await pinnedOf(handed), hold: null });
    const isSame = before && before.description === handed.description;
    expect({ of, was }).toEqual({ of, was: before ? (isSame ? 'same' : 'other') : 'new' });
    if (!before) paper.set(of, handed);
  }

  async function correct(of: string, corrected: PurchaseBooking): Promise<boolean> {
    const found = await stored(of);
    if (!found) return false;
    const pinned = await pinnedOf(corrected);
    const isTaken = await kept.correct(found.id, { booking: corrected, pinned });
    if (isTaken) paper.set(of, corrected);
    return isTaken;
  }

  async function withdraw(of: string): Promise<void> {
    const found = await stored(of);
    if (!found) return;
    const isSent = found.attemptedAt !== null || found.enteredAt !== null;
    const isOver = ['delivered', 'withdrawn'].includes(found.state);
    expect({ of, withdrawn: await kept.withdraw(found.id) }).toEqual({ of, withdrawn: !isSent && !isOver });
  }

  async function bookByHand(of: string): Promise<void> {
    const handed = bookingOf(of, 'first');
    const rows = await pinnedOf(handed);
    const { login } = (await connections.get(connectionId))!;
    const { purchaseBookings } = bench.system.open(grants.vault(login!.grantId));
    await letBook(true);
    await enterAtOnce(purchaseBookings!, {
      ...{ company: { externalId: companyId }, mark: 'by hand', supplier },
      ...{ invoiceNumber: handed.invoiceNumber, entry: newEntry(handed, rows) },
    });
    await letBook(mayBook);
  }

  async function mend(): Promise<void> {
    await bench.advance(1);
    await office.save({ link: { state: 'connected', since: bench.now().toISOString() } });
    await bench.advance(1);
    await bringIn();
  }

  async function take(one: Step): Promise<void> {
    if (one.does === 'book') return book(one.who, one.content);
    if (one.does === 'correct') return void (await correct(one.who, bookingOf(one.who, one.content)));
    if (one.does === 'withdraw') return withdraw(one.who);
    if (one.does === 'book by hand') return bookByHand(one.who);
    if (one.does === 'deliver') return deliverSomehow(one.how);
    if (one.does === 'die') return die(one.before);
    if (one.does === 'wait') return bench.advance(one.seconds);
    if (one.does === 'mend') return mend();
    if (one.does === 'break') {
      const since = bench.now().toISOString();
      await office.save({ link: { state: 'disconnected', since, cause: 'consent-withdrawn' } });
      return;
    }
    mayBook = one.does === 'allow';
    await letBook(mayBook);
  }

  async function entriesOf(mark: string) {
    const state = (await (await fetch(`${bench.url}/control/state`)).json()) as {
      entries: { number: number; description: string | null; amount: number }[];
    };
    return state.entries.filter(({ description }) => description?.endsWith(mark));
  }

  /** What must be so after every step. */
  async function compare(after: Step | 'the end'): Promise<void> {
    for (const { facts } of await bookingNotices.unsent(line)) {
      const reference = facts.reference;
      const states = told.get(reference) ?? [];
      expect(facts.revision).toBe(states.length + 1);
      told.set(reference, [...states, facts.state]);
    }
    for (const { id } of await bookingNotices.unsent(line)) await bookingNotices.sent(id);
    for (const [of, handed] of paper) {
      const now = (await stored(of))!;
      const entries = await entriesOf(now.id);
      expect({ after, of, entries: entries.length }).toMatchObject({
        entries: now.state === 'delivered' ? 1 : expect.any(Number),
      });
      expect(entries.length).toBeLessThanOrEqual(1);
      expect(now.booking).toEqual(handed);
      if (now.state === 'delivered') expect(now.entry?.number).toBe(String(entries[0]?.number));
      if (now.state === 'misfit' || now.state === 'withdrawn')
        expect({ after, of, state: now.state, entries }).toMatchObject({ entries: [] });
      // What is in the books, or may be, is known as such.
      if (entries.length === 1 && now.state !== 'delivered')
        expect({ after, of, attemptedAt: now.attemptedAt }).toMatchObject({
          attemptedAt: expect.any(String),
        });
      const states = told.get(referenceOf(of))!;
      expect(states.at(-1)).toBe(now.state);
      states.forEach((state, at) => {
        const before = states[at - 1];
        expect(before === undefined ? state === 'accepted' : allowed[before].includes(state)).toBe(true);
      });
    }
    expect(await deliveryStops.of(connectionId)).toBeNull();
    await compareOrder();
  }

  /** Whoever came first is delivered first, unless a person has to look at it. */
  async function compareOrder(): Promise<void> {
    const all = await kept.list({ ...line, limit: 10 });
    const inTurn = all.filter(({ state }) => ['accepted', 'held'].includes(state));
    const first = Math.min(...inTurn.map(({ position }) => position));
    const news = all.filter(({ id, state }) => state === 'delivered' && !delivered.has(id));
    for (const { id, position } of news) {
      expect(position).toBeLessThan(first);
      delivered.add(id);
    }
  }

  /** All is mended, whoever has to look has looked, and time goes by: then all is delivered that nobody took back. */
  async function end(): Promise<void> {
    await letBook(true);
    await mend();
    for (let looks = 0; looks < mostLooks; looks += 1) {
      const { kind } = await deliver();
      if (kind === 'settled') continue;
      if (kind === 'held') {
        await bench.advance(61);
        continue;
      }
      const misfits = await kept.list({ ...line, state: 'misfit' });
      if (misfits.length === 0) break;
      for (const { booking: unfit, misfits: why } of misfits) {
        const besides = why.flatMap(({ why, said }) => (why === 'already-booked' && said ? [said] : []));
        const of = [...paper.keys()].find((one) => referenceOf(one) === unfit.reference)!;
        expect(await correct(of, { ...unfit, besides })).toBe(true);
      }
    }
    await compare('the end');
    for (const of of paper.keys()) {
      const { state } = (await stored(of))!;
      expect({ of, state, told: told.get(referenceOf(of)) }).toMatchObject({
        state: expect.stringMatching(/^(delivered|withdrawn)$/),
      });
    }
  }

  await letBook(true);
  await mend();
  for (const one of steps) {
    await take(one);
    await compare(one);
  }
  await end();
}

test(`whatever happens on its way, a booking is in the books once, or nobody wants it any more (seed ${seed})`, async () => {
  const companyId = String((await bench.divisions())[0]);
  const office = await openOffice(bench, open);
  const { grantId } = await office.connected();
  let round = 0;
  const bringIn = async () => {
    round += 1;
    const chunk = { connectionId, round, grantId, companies: [companyId] };
    await inTemporal(() => office.activities.syncCompanies(chunk));
  };
  await bringIn();
  const { rows } = await office.store.masterData.rows({ connectionId, companyId, kind: 'relation' });
  const { externalId: supplier } = rows.find(
    ({ active, details }) => active && 'isSupplier' in details && details.isSupplier,
  )!;
  let count = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
      count += 1;
      await walk({ office, companyId, supplier, bringIn }, `w${count}`, steps);
    }),
    { numRuns: walks, seed, endOnFailure: true },
  );
}, 3_600_000);
