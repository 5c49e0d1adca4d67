import { activityInfo, cancellationSignal, log } from '@temporalio/activity';
import { AccountingFailure, TooLate } from '../../accounting/failure.ts';
import type { EntryQuery, PurchaseBookings, PurchaseEntry } from '../../accounting/port.ts';
import type { LinkCause } from '../../domain/causes.ts';
import { fit, namings, type Misfit } from '../../domain/bookings/booking-fit.ts';
import { isSameInvoice } from '../../domain/bookings/same-invoice.ts';
import { whyNotNow, type Hold } from '../../domain/bookings/delivery.ts';
import type { Moment } from '../../domain/master-data.ts';
import type { BookingLine } from '../../store/bookings/booking-queries.ts';
import type { StoredBooking } from '../../store/bookings/purchase-bookings.ts';
import { mayBeBooked, notByThem, openBookingAccess, type BookingAccess } from './booking-access.ts';
import { isSurelyNotTaken, lackOfLogin, saidOf, waitAfter } from './booking-failures.ts';
import { newEntry } from './booking-entry.ts';
import type { ActivityDeps } from '../deps.ts';
import { isDoubt, lookTwice } from '../sync/doubts.ts';
import { connectionWithNames } from '../names.ts';
import { asStop, noteRefusal } from '../sync/round-failures.ts';
import type { ConnectionId, GrantId } from '../../domain/ids.ts';

/** How one step through the line of a company went. `changed`: people are to be told. */
export type DeliveryStep =
  | { kind: 'idle' }
  | { kind: 'settled' }
  /** `broken`: the login of the connection was refused meanwhile. */
  | { kind: 'held'; until: Moment | null; changed: boolean; broken?: BrokenLogin };

/** How often Temporal tries what failed for a reason that nobody foresaw. */
const triesOfOurs = 5;

/**
 * So often a package may answer one booking with a fault of its own, a few minutes apart, while it answers everything else.
 * Then it is that booking which it does not take: a human looks, and the others go on.
 */
const mostFailures = 5;

interface BrokenLogin {
  grantId: GrantId;
  cause: LinkCause;
  begunAt: Moment;
}

export function createBookingActivities(deps: ActivityDeps) {
  const { store, now } = deps;
  const kept = store.purchaseBookings;

  return {
    /**
     * Delivers the first booking of a line, or says what it waits for. Whatever happened to an earlier attempt, it is
     * looked up by our own mark before anything is sent, and read back afterwards.
     */
    async deliverNextBooking({
      settleMs,
      ...line
    }: BookingLine & { settleMs: number }): Promise<DeliveryStep> {
      const stored = await kept.next(line);
      if (!stored) return { kind: 'idle' };
      const hold = await obstacle(stored);
      if (hold) return wait(stored, hold);
      const begunAt = now().toISOString();
      const access = await openBookingAccess(deps, stored);
      if ('field' in access)
        return mayBeBooked(stored)
          ? wait(stored, { reason: 'outcome-unknown', until: null })
          : setAside(stored, [access]);
      try {
        const step = await deliver(stored, access, settleMs);
        await store.doubts.forget(access.grantId);
        return step;
      } catch (caught) {
        if (!(caught instanceof AccountingFailure)) return ourFault(stored, caught);
        // While an odd answer may pass, or was odd for itself, the booking waits a little.
        const error = isDoubt(caught) ? ((await lookTwice(deps, access, caught)) ?? caught) : caught;
        const step = await afterFailure(stored, access, error);
        const stop = asStop(error);
        if (access.personal || step.kind !== 'held' || stop?.kind !== 'broken') return step;
        await noteRefusal(store, stored.connectionId, error);
        return { ...step, broken: { grantId: access.grantId, cause: stop.cause, begunAt } };
      }
    },

    /** The companies in which bookings wait for their turn, for the connection or for the package. */
    async waitingBookings({
      connectionId,
    }: {
      connectionId: ConnectionId;
    }): Promise<{ companies: string[] }> {
      return { companies: await kept.waitingCompanies(connectionId) };
    },
  };

  async function obstacle(stored: StoredBooking): Promise<Hold | null> {
    const { connectionId, companyId, booking } = stored;
    const { state } = await connectionWithNames(deps, connectionId);
    const companies = await store.companies.all(connectionId);
    return whyNotNow({
      connection: state,
      company: companies.find(({ externalId }) => externalId === companyId),
      kinds: [...new Set(namings(booking).map(({ kind }) => kind))],
      data: await store.syncPositions.forCompany(connectionId, companyId),
      stopped: (await store.deliveryStops.of(connectionId)) !== null,
    });
  }

  async function deliver(
    stored: StoredBooking,
    access: BookingAccess,
    settleMs: number,
  ): Promise<DeliveryStep> {
    const query = { ...queryOf(stored), signal: cancellationSignal() };
    const found = await look(access, query, stored);
    const ours = oursAmong(found, stored);
    if (ours.length > 0) return prove(stored, ours);
    if (stored.enteredAt) return wait(stored, { reason: 'outcome-unknown', until: null });
    const since = new Date((await store.sharedClock.now()).getTime() - settleMs);
    if (stored.attemptedAt && stored.attemptedAt > since.toISOString())
      return wait(stored, { reason: 'outcome-unknown', until: later(stored.attemptedAt, settleMs) });
    const byOthers = found.map((entry) => bookedByOthers(stored, entry));
    if (access.onlyLooks) return setAside(stored, [...byOthers, notByThem(stored, 'no-working-login')]);

    const { booking, pinned } = stored;
    const { misfits, rows } = fit(booking, await store.namedRows.find(stored, namings(booking)), pinned);
    misfits.push(...byOthers);
    if (stored.failures >= mostFailures) misfits.push(refused(stored.failureSaid));
    if (misfits.length > 0) return setAside(stored, misfits);
    const prepared = await prepare(access, { ...query, entry: newEntry(booking, rows) });
    if ('field' in prepared) return setAside(stored, [prepared]);
    const begunAt = now();
    const attempt = await kept.beginAttempt(stored, { since });
    if (!attempt) return { kind: 'settled' }; // changed or tried meanwhile: look anew
    try {
      await prepared.enter(() => assertDue(begunAt, settleMs));
    } catch (error) {
      if (isSurelyNotTaken(error)) {
        // Refused as entered twice: an attempt that was given up may have come to its end after all.
        const isRefused = error instanceof AccountingFailure && error.meaning.about === 'booking';
        const late = isRefused ? oursAmong(await look(access, query, stored), stored) : [];
        if (late.length > 0) return prove(stored, late);
        await kept.attemptFailed(attempt);
        if (error instanceof TooLate) return { kind: 'settled' }; // look anew
        throw error;
      }
      await kept.attemptFaltered(attempt, saidOf(error));
      return wait(stored, { reason: 'outcome-unknown', until: later(now().toISOString(), settleMs) });
    }
    await kept.entered(stored.id);
    const entered = oursAmong(await look(access, query, stored), {
      ...stored,
      enteredAt: now().toISOString(),
    });
    return entered.length > 0
      ? prove(stored, entered)
      : wait(stored, { reason: 'outcome-unknown', until: null });
  }

  /** Ours, and what others made of this invoice; another one that has its number only is no matter of this booking. */
  async function look({ bookings }: BookingAccess, query: EntryQuery, { booking }: StoredBooking) {
    const found = await bookings.find(query);
    return found.filter((entry) => entry.ours || isSameInvoice(entry, booking));
  }

  /** What the package has no way to say is refused before anything is noted. */
  async function prepare({ bookings }: BookingAccess, request: Parameters<PurchaseBookings['prepare']>[0]) {
    try {
      return await bookings.prepare(request);
    } catch (error) {
      if (error instanceof AccountingFailure && error.meaning.about === 'booking')
        return refused(error.meaning.said);
      throw error;
    }
  }

  /**
   * Others may send it again once an attempt is so old that it must be over. A process that stood still since its note, for
   * whatever reason, finds itself too late long before that, the time of a request included. Its own clock tells it how long
   * that was, since before the note: it may differ from that of the database.
   */
  function assertDue(begunAt: Date, settleMs: number): void {
    const age = now().getTime() - begunAt.getTime();
    if (age > settleMs / 4) throw new TooLate(`the attempt is ${age} ms old`);
  }

  /**
   * The proof: it stands where it was sent, and once. Otherwise nothing of this connection is sent any more, until somebody
   * has looked.
   */
  async function prove(stored: StoredBooking, entries: PurchaseEntry[]): Promise<DeliveryStep> {
    const { id, connectionId, companyId } = stored;
    const stop = (foundCompany: string, numbers: string[]) =>
      store.deliveryStops.stop(connectionId, {
        ...{ bookingId: id, expectedCompany: companyId, foundCompany },
        entries: numbers,
      });
    const elsewhere = entries.find((entry) => entry.companyId !== companyId);
    if (elsewhere) {
      await stop(elsewhere.companyId, []);
      return wait(stored, { reason: 'deliveries-stopped', until: null });
    }
    const numbers = entries.map(({ number }) => number);
    if (numbers.length > 1) await stop(companyId, numbers);
    const [entry] = entries;
    if (entry) await kept.deliver(id, { id: entry.id, number: entry.number });
    return { kind: 'settled' };
  }

  /**
   * Something that nobody foresaw. It may pass, as when the database was away; after a few tries a human looks at this
   * booking, and the others go on. What may be booked stays in its place until that is known.
   */
  async function ourFault(stored: StoredBooking, fault: unknown): Promise<DeliveryStep> {
    if (activityInfo().attempt < triesOfOurs) throw fault;
    log.error('a booking could not be delivered', { bookingId: stored.id, stack: (fault as Error).stack });
    const current = (await kept.get(stored.id)) ?? stored;
    if (mayBeBooked(current)) return wait(stored, { reason: 'outcome-unknown', until: null });
    return setAside(stored, [{ field: 'booking', value: '', why: 'our-fault', said: null }]);
  }

  async function setAside(stored: StoredBooking, misfits: Misfit[]): Promise<DeliveryStep> {
    await kept.setAside(stored, misfits);
    return { kind: 'settled' };
  }

  async function wait({ id, revision }: StoredBooking, hold: Hold): Promise<DeliveryStep> {
    await kept.hold(id, hold);
    const after = await kept.get(id);
    return { kind: 'held', until: hold.until, changed: after?.revision !== revision };
  }

  /** What an operation of the package that failed means for the booking. */
  async function afterFailure(
    stored: StoredBooking,
    access: BookingAccess,
    failure: AccountingFailure,
  ): Promise<DeliveryStep> {
    const { meaning } = failure;
    if (meaning.about === 'link' && access.personal)
      await store.userLinks.broke(access.personal, meaning.cause, now().toISOString());
    const hold = waitAfter(meaning, now());
    const { attempt, attemptedAt, enteredAt } = (await kept.get(stored.id)) ?? stored;
    if (mayBeBooked({ attemptedAt, enteredAt })) {
      const isForThemOnly = access.onlyLooks && meaning.about === 'right';
      return wait(stored, { ...hold, reason: isForThemOnly ? 'login-lost' : 'outcome-unknown' });
    }
    if (meaning.about === 'booking') return setAside({ ...stored, attempt }, [refused(meaning.said)]);
    const lack = access.personal && lackOfLogin(meaning);
    return lack ? setAside({ ...stored, attempt }, [notByThem(stored, lack)]) : wait(stored, hold);
  }
}

function queryOf({ id, companyId, booking, pinned }: StoredBooking) {
  return {
    company: { externalId: companyId },
    mark: id,
    supplier: pinned['supplier']?.externalId ?? booking.supplier,
    invoiceNumber: booking.invoiceNumber,
  };
}

/** Somebody may have written over our mark; what the package took from us is ours all the same. */
function oursAmong(
  found: readonly PurchaseEntry[],
  { enteredAt }: Pick<StoredBooking, 'enteredAt'>,
): PurchaseEntry[] {
  const ours = found.filter((entry) => entry.ours);
  return ours.length > 0 || !enteredAt ? ours : found.slice(0, 1);
}

function refused(said: string | null): Misfit {
  return { field: 'booking', value: '', why: 'refused', said };
}

function bookedByOthers({ booking }: StoredBooking, { number }: PurchaseEntry): Misfit {
  return { field: 'invoiceNumber', value: booking.invoiceNumber, why: 'already-booked', said: number };
}

function later(moment: Moment, ms: number): Moment {
  return new Date(Date.parse(moment) + ms).toISOString();
}
