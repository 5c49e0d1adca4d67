import { describe, expect, test } from '@jest/globals';
import type { PurchaseBooking } from '../../../domain/bookings/purchase-booking.ts';
import type { StoredBooking } from '../../../store/bookings/purchase-bookings.ts';
import { booking } from '../../booking.ts';
import { onBothDatabases } from '../../database.ts';
import { handClock, openStore, storeNext } from '../store.ts';

const line = { connectionId: 'c1', companyId: '101' };
const elsewhere = { connectionId: 'c1', companyId: '102' };
const pinned = { supplier: { externalId: 'r-1', code: '1001' } };
const misfit = { field: 'supplier', value: '1001', why: 'blocked', said: null } as const;

onBothDatabases((open) => {
  /** The bookings of an office, with a clock that stands still and hands to hand over with. */
  async function openBookings() {
    const clock = handClock();
    const store = await openStore(open, { now: clock.now });
    const { purchaseBookings: kept } = store;
    const take = (reference: string, changes: Partial<PurchaseBooking> = {}, to = line) =>
      kept.take(to, { booking: booking({ reference, ...changes }), pinned, hold: null });
    const handOver = async (...what: Parameters<typeof take>) => (await take(...what)).kept;
    const read = async ({ id }: Pick<StoredBooking, 'id'>) => (await kept.get(id))!;
    const attempt = async (stored: StoredBooking, { settleMs = 60_000 } = {}) =>
      kept.beginAttempt(await read(stored), { since: new Date(clock.now().getTime() - settleMs) });
    return { ...store, clock, kept, take, handOver, read, attempt };
  }

  describe('A booking that is taken', () => {
    test('is kept as it was handed over, with the rows it named', async () => {
      const { kept, handOver, clock } = await openBookings();
      const stored = await handOver('a');
      expect(await kept.find(line, 'a')).toEqual(stored);
      expect(stored).toMatchObject({
        ...line,
        booking: booking({ reference: 'a' }),
        pinned,
        state: 'accepted',
        position: 1,
        revision: 1,
        receivedAt: clock.now().toISOString(),
      });
      expect(await kept.find(elsewhere, 'a')).toBeNull();
    });

    test('again is the same one, and with other content it is told', async () => {
      const { take } = await openBookings();
      const first = await take('a');
      expect(first.was).toBe('new');
      expect(await take('a')).toEqual({ ...first, was: 'same' });
      expect(await take('a', { description: 'Toner' })).toEqual({ ...first, was: 'other' });
      const totals = { net: '100', vat: '21.0', gross: '121.00' };
      expect(await take('a', { dueDate: null, bookAs: null, totals })).toMatchObject({ was: 'same' });
      const lines = booking().lines.map((one) => ({ ...one, netAmount: one.netAmount.replace('.00', '') }));
      expect(await take('a', { lines })).toMatchObject({ was: 'same' });
      expect(await take('a', {}, elsewhere)).toMatchObject({ was: 'new', kept: { position: 1 } });
    });

    test('with an id that is a GUID is the same one in capital letters, and another one with any other id', async () => {
      const { take } = await openBookings();
      const supplier = '3c53f3c6-0d3e-4a37-b2c2-2a6e3f1f0001';
      await take('a', { supplier });
      expect(await take('a', { supplier: supplier.toUpperCase() })).toMatchObject({ was: 'same' });
      await take('b', { supplier: 'ab12' });
      expect(await take('b', { supplier: 'AB12' })).toMatchObject({ was: 'other' });
    });

    test('by several processes at once stands in its line once, and the line has no gap', async () => {
      const others = [await openBookings(), await openBookings()];
      const references = ['a', 'b', 'c', 'a', 'b', 'c', 'a', 'b'];
      const taken = await Promise.all(
        references.map((reference, index) => others[index % 2]!.take(reference)),
      );
      expect(taken.filter(({ was }) => was === 'new')).toHaveLength(3);
      const positions = new Map(taken.map(({ kept }) => [kept.booking.reference, kept.position]));
      expect([...positions.values()].toSorted()).toEqual([1, 2, 3]);
    });
  });

  describe('The line', () => {
    test('gives them in the order they came, and one that waits holds up those behind it', async () => {
      const { kept, handOver, clock } = await openBookings();
      const [first, second] = [await handOver('b'), await handOver('a')];
      await kept.hold(first.id, { reason: 'delayed', until: null });
      clock.advance(1_000);
      expect((await kept.next(line))?.id).toBe(first.id);
      await kept.deliver(first.id, { id: 'e1', number: '1' });
      expect((await kept.next(line))?.id).toBe(second.id);
      expect(await kept.waitingCompanies('c1')).toEqual(['101']);
      await kept.withdraw(second.id);
      expect(await kept.next(line)).toBeNull();
      expect(await kept.waitingCompanies('c1')).toEqual([]);
    });

    test('lets those pass that wait for a human, who puts them back in their place', async () => {
      const { kept, handOver, read } = await openBookings();
      const [first, second] = [await handOver('a'), await handOver('b')];
      await kept.setAside(first, [misfit]);
      expect((await kept.next(line))?.id).toBe(second.id);
      const corrected = booking({ reference: 'a', supplier: '1002' });
      expect(await kept.correct(first.id, { booking: corrected, pinned: {} })).toBe(true);
      expect(await kept.next(line)).toEqual(await read(first));
      expect(await read(first)).toMatchObject({
        state: 'accepted',
        booking: corrected,
        pinned: {},
        misfits: [],
        position: 1,
      });
    });

    test('remembers what was not handed on to its workflow', async () => {
      const { kept, handOver } = await openBookings();
      const [first, second] = [await handOver('a'), await handOver('b')];
      await kept.handedOver(first.id);
      expect((await kept.notHandedOver()).map(({ id }) => id)).toEqual([second.id]);
      await kept.withdraw(first.id);
      expect(await kept.notHandedOver()).toHaveLength(2);
    });
  });

  describe('An attempt', () => {
    test('is begun once, by whoever is first', async () => {
      const others = [await openBookings(), await openBookings()];
      const stored = await others[0]!.handOver('a');
      const begun = await Promise.all([0, 1, 0, 1].map((one) => others[one]!.attempt(stored)));
      expect(begun.filter(Boolean)).toHaveLength(1);
    });

    test('without an answer is not begun again before it has come to its end', async () => {
      const { attempt, handOver, clock } = await openBookings();
      const stored = await handOver('a');
      expect(await attempt(stored)).toMatchObject({ attempt: 1 });
      clock.advance(59_000);
      expect(await attempt(stored)).toBeNull();
      clock.advance(1_000);
      expect(await attempt(stored)).toMatchObject({ attempt: 2, at: clock.now().toISOString() });
    });

    test('that surely failed may be begun again at once; one that the package took never', async () => {
      const { kept, attempt, handOver, clock } = await openBookings();
      const stored = await handOver('a');
      await kept.attemptFailed((await attempt(stored))!);
      expect(await attempt(stored)).not.toBeNull();
      await kept.entered(stored.id);
      clock.advance(3_600_000);
      expect(await attempt(stored)).toBeNull();
    });

    test('changes its own note and no other: what an older one learns late lets nobody send or withdraw', async () => {
      const { kept, attempt, handOver, read, clock } = await openBookings();
      const stored = await handOver('a');
      const older = (await attempt(stored))!;
      clock.advance(60_000);
      const newer = (await attempt(stored))!;
      await kept.attemptFailed(older);
      await kept.attemptFaltered(older, 'try again');
      await kept.setAside({ ...stored, attempt: older.attempt }, [misfit]);
      expect(await read(stored)).toMatchObject({ state: 'accepted', attemptedAt: newer.at, failures: 0 });
      expect(await kept.withdraw(stored.id)).toBe(false);
      await kept.attemptFailed(newer);
      expect(await kept.withdraw(stored.id)).toBe(true);
    });

    test('is not begun by whoever looked before another attempt, although that one failed', async () => {
      const { kept, attempt, handOver } = await openBookings();
      const stored = await handOver('a');
      await kept.attemptFailed((await attempt(stored))!);
      expect(await kept.beginAttempt(stored, { since: new Date(0) })).toBeNull();
    });

    test('that the package took can be withdrawn by whoever looked later, and not be corrected', async () => {
      const { kept, attempt, handOver, clock } = await openBookings();
      const stored = await handOver('a');
      const begun = (await attempt(stored))!;
      await kept.entered(stored.id);
      await kept.attemptFailed(begun);
      expect(await kept.correct(stored.id, { booking: booking({ reference: 'a' }), pinned })).toBe(false);
      expect(await kept.withdraw(stored.id)).toBe(false);
      clock.advance(1_000);
      expect(await kept.withdraw(stored.id, { lookedForAfterMs: 0 })).toBe(true);
    });

    test('is not begun on what somebody changed since it was read', async () => {
      const { kept, attempt, handOver } = await openBookings();
      const stored = await handOver('a');
      await kept.correct(stored.id, { booking: booking({ reference: 'a', description: 'Toner' }), pinned });
      const since = new Date(0);
      expect(await kept.beginAttempt(stored, { since })).toBeNull();
      expect(await attempt(stored)).not.toBeNull();
    });

    test('of which nobody knows the end can neither be corrected nor withdrawn', async () => {
      const { kept, attempt, handOver, read } = await openBookings();
      const stored = await handOver('a');
      await attempt(stored);
      await kept.hold(stored.id, { reason: 'outcome-unknown', until: null });
      const before = await read(stored);
      expect(await kept.withdraw(stored.id)).toBe(false);
      expect(await kept.correct(stored.id, { booking: booking({ reference: 'a' }), pinned })).toBe(false);
      expect(await read(stored)).toEqual(before);
    });
  });

  test('What somebody has looked for in vain can be withdrawn, unless it was sent again since', async () => {
    const { kept, attempt, handOver, read, clock } = await openBookings();
    const stored = await handOver('a');
    await attempt(stored);
    expect(await kept.withdraw(stored.id, { lookedForAfterMs: 0 })).toBe(false);
    clock.advance(1_000);
    expect(await kept.withdraw(stored.id, { lookedForAfterMs: 0 })).toBe(true);
    expect(await read(stored)).toMatchObject({ state: 'withdrawn', attemptedAt: null });
  });

  describe('What does not fit', () => {
    test('goes on one list until all of it is settled, and then on a new one', async () => {
      const { kept, handOver, read } = await openBookings();
      expect(await kept.lastMisfitList('c1')).toBeNull();
      const [first, second] = [await handOver('a'), await handOver('b', {}, elsewhere)];
      await kept.setAside(first, [misfit]);
      await kept.setAside(second, [misfit]);
      expect((await kept.misfitsOf('c1', 1)).map(({ id }) => id).toSorted()).toEqual(
        [first.id, second.id].toSorted(),
      );
      await kept.withdraw(first.id);
      await kept.withdraw(second.id);
      expect([await kept.lastMisfitList('c1'), await kept.misfitsOf('c1', 1)]).toEqual([1, []]);
      const third = await handOver('c');
      await kept.setAside(third, [misfit]);
      expect(await read(third)).toMatchObject({ state: 'misfit', misfits: [misfit], misfitList: 2 });
      expect(await kept.lastMisfitList('c2')).toBeNull();
    });

    test('is not set aside when it was changed or settled meanwhile', async () => {
      const { kept, handOver, read } = await openBookings();
      const [corrected, withdrawn] = [await handOver('a'), await handOver('b')];
      await kept.correct(corrected.id, { booking: booking({ reference: 'a', supplier: '1002' }), pinned });
      await kept.setAside(corrected, [misfit]);
      await kept.withdraw(withdrawn.id);
      await kept.setAside(await read(withdrawn), [misfit]);
      expect([(await read(corrected)).state, (await read(withdrawn)).state]).toEqual([
        'accepted',
        'withdrawn',
      ]);
    });
  });

  test('The notices tell every change once, in order, until they were taken', async () => {
    const { kept, bookingNotices, handOver, clock } = await openBookings();
    const { id } = await handOver('a');
    for (const reason of ['disconnected', 'disconnected', 'master-data-not-fresh'] as const) {
      clock.advance(1_000);
      await kept.hold(id, { reason, until: null });
    }
    clock.advance(1_000);
    await kept.deliver(id, { id: 'e1', number: '7' });
    await kept.deliver(id, { id: 'e1', number: '7' });
    const notices = await bookingNotices.unsent(line);
    expect(notices.map(({ facts }) => [facts.revision, facts.state, facts.reason])).toEqual([
      [1, 'accepted', null],
      [2, 'held', 'disconnected'],
      [3, 'held', 'master-data-not-fresh'],
      [4, 'delivered', null],
    ]);
    expect(notices.at(-1)?.facts).toMatchObject({ reference: 'a', entryNumber: '7' });
    expect(await bookingNotices.unsent(elsewhere)).toEqual([]);
    await bookingNotices.sent(notices[0]!.id);
    expect(await bookingNotices.unsent(line)).toEqual(notices.slice(1));
  });

  test('The notices are in the order of what was, whatever the clocks of the hosts say that wrote them', async () => {
    const { kept, bookingNotices, handOver, clock } = await openBookings();
    const { id } = await handOver('a');
    clock.advance(-3_600_000);
    await kept.hold(id, { reason: 'delayed', until: null });
    const { id: next } = await handOver('b');
    clock.advance(1_000);
    await kept.deliver(id, { id: 'e1', number: '7' });
    clock.advance(-1_000);
    await kept.withdraw(next);
    await handOver('a', {}, elsewhere);
    const told = async (of: typeof line) =>
      (await bookingNotices.unsent(of)).map(({ facts }) => `${facts.reference} ${facts.state}`);
    expect(await told(line)).toEqual(['a accepted', 'a held', 'b accepted', 'a delivered', 'b withdrawn']);
    expect(await told(elsewhere)).toEqual(['a accepted']);
  });

  test('Changes of several processes at once are told once each, with those of a booking in their order', async () => {
    const others = [await openBookings(), await openBookings()];
    const references = ['a', 'b', 'c', 'd', 'e', 'f'];
    await Promise.all(
      references.map(async (reference, index) => {
        const { id } = await others[index % 2]!.handOver(reference);
        await others[(index + 1) % 2]!.kept.withdraw(id);
      }),
    );
    const notices = await others[0]!.bookingNotices.unsent(line);
    for (const reference of references) {
      const states = notices.filter(({ facts }) => facts.reference === reference);
      expect(states.map(({ facts }) => facts.state)).toEqual(['accepted', 'withdrawn']);
    }
    expect(notices).toHaveLength(12);
  });

  describe('Whoever looks', () => {
    test('reads them newest first, page by page, all or those in one state', async () => {
      const { kept, handOver, clock } = await openBookings();
      const taken: StoredBooking[] = [];
      // Two of each moment: the order must not hang on the clock alone.
      for (const reference of ['a', 'b', 'c', 'd', 'e']) {
        taken.push(await handOver(reference));
        if (taken.length % 2 === 0) clock.advance(1_000);
      }
      await kept.withdraw(taken[1]!.id);
      const seen: string[] = [];
      let before: StoredBooking | undefined;
      for (;;) {
        const page = await kept.list({ connectionId: 'c1', before, limit: 2 });
        if (page.length === 0) break;
        seen.push(...page.map(({ booking: { reference } }) => reference));
        before = page.at(-1);
      }
      expect(seen.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
      expect(seen[0]).toBe('e');
      const withdrawn = await kept.list({ connectionId: 'c1', companyId: '101', state: 'withdrawn' });
      expect(withdrawn.map(({ id }) => id)).toEqual([taken[1]!.id]);
      expect(await kept.list({ connectionId: 'c1', companyId: '102' })).toEqual([]);
    });

    test('reads what is not settled: since when, and what the first waits for', async () => {
      const { kept, handOver, clock } = await openBookings();
      const outstanding = () => kept.outstanding('c1', clock.now().toISOString());
      const since = clock.now().toISOString();
      const [first, second] = [await handOver('a'), await handOver('b', {}, elsewhere)];
      expect(await outstanding()).toEqual({ waiting: null, misfits: null });
      clock.advance(1_000);
      const unfit = await handOver('c');
      await kept.hold(first.id, { reason: 'not-allowed', until: null });
      await kept.setAside(unfit, [misfit]);
      clock.advance(1_000);
      expect(await outstanding()).toEqual({
        waiting: { count: 2, since, reason: 'not-allowed' },
        misfits: { count: 1, since: unfit.receivedAt },
      });
      for (const { id } of [first, second, unfit]) await kept.withdraw(id);
      expect(await outstanding()).toEqual({ waiting: null, misfits: null });
    });

    test('counts them by state, of all months or of one', async () => {
      const { kept, handOver } = await openBookings();
      await handOver('a', { invoiceDate: '2026-10-31' });
      await handOver('b', { invoiceDate: '2026-11-01' });
      const { id } = await handOver('c', { invoiceDate: '2026-10-01' });
      await kept.deliver(id, { id: 'e1', number: '1' });
      expect(await kept.counts(line)).toEqual({
        accepted: 2,
        held: 0,
        misfit: 0,
        delivered: 1,
        withdrawn: 0,
      });
      expect(await kept.counts(line, '2026-10')).toMatchObject({ accepted: 1, delivered: 1 });
      expect(await kept.counts(elsewhere)).toMatchObject({ accepted: 0 });
    });
  });

  test('A stop of deliveries is the first one, until somebody lifts it', async () => {
    const { deliveryStops, clock } = await openBookings();
    const why = { bookingId: 'SU-1', expectedCompany: '101', foundCompany: '102', entries: [] };
    await deliveryStops.stop('c1', why);
    await deliveryStops.stop('c1', { ...why, bookingId: 'SU-2' });
    expect(await deliveryStops.of('c1')).toEqual({ ...why, at: clock.now().toISOString() });
    expect(await deliveryStops.of('c2')).toBeNull();
    expect([await deliveryStops.lift('c1'), await deliveryStops.lift('c1')]).toEqual([true, false]);
    expect(await deliveryStops.of('c1')).toBeNull();
  });

  test('The rows a booking names are found by id or by code, live ones of its own company only', async () => {
    const store = await openStore(open);
    const listed = ['101', '102'].map((code) => ({
      externalId: code,
      code,
      name: code,
      status: 'reachable' as const,
    }));
    await store.companies.recordListing('c1', listed, { complete: true });
    const page = async (
      companyId: string,
      rows: [externalId: string, code: string][],
      deleted: string[] = [],
    ) =>
      storeNext(store, {
        ...line,
        companyId,
        kind: 'gl-account',
        round: 1,
        page: {
          rows: rows.map(([externalId, code]) => ({
            externalId,
            code,
            name: code,
            active: true,
            modifiedAt: null,
            details: { blocked: false },
          })),
          deleted,
          checkpoint: `${companyId}-${deleted.length}-${rows.length}`,
        },
      });
    const guid = '3c53f3c6-0d3e-4a37-b2c2-2a6e3f1f0001';
    await page('101', [
      ['g1', '4400'],
      ['g2', '4410'],
      ['g3', '4420'],
    ]);
    await page('101', [], ['g3']);
    await page('101', [[guid, '4430']]);
    await page('102', [['g4', '4400']]);
    const named = (value: string) => ({ field: 'lines.0.glAccount', kind: 'gl-account', value }) as const;
    const found = await store.namedRows.find(line, ['4400', 'g2', '4420', 'g4'].map(named));
    expect(found.toSorted((one, other) => one.externalId.localeCompare(other.externalId))).toMatchObject([
      { kind: 'gl-account', externalId: 'g1', code: '4400', active: true, details: { blocked: false } },
      { kind: 'gl-account', externalId: 'g2', code: '4410', active: true, details: { blocked: false } },
    ]);
    const byGuid = [guid, guid.toUpperCase(), `id:${guid.toUpperCase()}`, 'G1'].map(named);
    expect(await store.namedRows.find(line, byGuid)).toMatchObject([{ externalId: guid }]);
  });
});
