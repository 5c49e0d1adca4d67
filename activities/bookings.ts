import { cancellationSignal } from '@temporalio/activity';
import { AccountingFailure } from '../accounting/failure.ts';
import type { PurchaseEntry } from '../accounting/port.ts';
import type { LinkCause } from '../domain/causes.ts';
import { fit, namings, type Misfit } from '../domain/booking-fit.ts';
import { whyNotNow, type Hold } from '../domain/delivery.ts';
import type { Moment } from '../domain/master-data.ts';
import type { BookingLine } from '../store/booking-queries.ts';
import type { StoredBooking } from '../store/purchase-bookings.ts';
import { mayBeBooked, notByHim, openDesk, type Desk } from './booking-desk.ts';
import { isSurelyNotTaken, lackOfLogin, waitAfter } from './booking-failures.ts';
import { newEntry } from './booking-entry.ts';
import type { ActivityDeps } from './deps.ts';
import { connectionWithNames } from './names.ts';
import { asStop, noteRefusal } from './round-failures.ts';

/** How one step through the line of a company went. `changed`: people are to be told. */
export type DeliveryStep =
  | { kind: 'idle' }
  | { kind: 'settled' }
  /** `broken`: the login of the connection was refused meanwhile. */
  | { kind: 'held'; until: Moment | null; changed: boolean; broken?: BrokenLogin };

interface BrokenLogin {
  grantId: string;
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
      const desk = await openDesk(deps, stored);
      if ('field' in desk)
        return mayBeBooked(stored)
          ? wait(stored, { reason: 'outcome-unknown', until: null })
          : setAside(stored, [desk]);
      try {
        return await deliver(stored, desk, settleMs);
      } catch (error) {
        if (!(error instanceof AccountingFailure)) throw error;
        const step = await afterFailure(stored, desk, error);
        const stop = asStop(error);
        if (desk.personal || step.kind !== 'held' || stop?.kind !== 'broken') return step;
        await noteRefusal(store, stored.connectionId, error);
        return { ...step, broken: { grantId: desk.grantId, cause: stop.cause, begunAt } };
      }
    },

    /** The companies in which bookings wait for their turn, for the connection or for the package. */
    async waitingBookings({ connectionId }: { connectionId: string }): Promise<{ companies: string[] }> {
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
      positions: await store.syncPositions.forCompany(connectionId, companyId),
      stopped: (await store.deliveryStops.of(connectionId)) !== null,
    });
  }

  async function deliver(stored: StoredBooking, desk: Desk, settleMs: number): Promise<DeliveryStep> {
    const { bookings, onlyLooks } = desk;
    const query = { ...queryOf(stored), signal: cancellationSignal() };
    const found = await bookings.find(query);
    const ours = oursAmong(found, stored);
    if (ours) return prove(stored, ours);
    if (stored.enteredAt) return wait(stored, { reason: 'outcome-unknown', until: null });
    const since = new Date(now().getTime() - settleMs);
    if (stored.attemptedAt && stored.attemptedAt > since.toISOString())
      return wait(stored, { reason: 'outcome-unknown', until: later(stored.attemptedAt, settleMs) });
    const byOthers = found.map((entry) => bookedByOthers(stored, entry));
    if (onlyLooks) return setAside(stored, [...byOthers, notByHim(stored, 'no-working-login')]);

    const { booking, pinned } = stored;
    const { misfits, rows } = fit(booking, await store.namedRows.find(stored, namings(booking)), pinned);
    misfits.push(...byOthers);
    if (misfits.length > 0) return setAside(stored, misfits);
    const { id, revision } = stored;
    if (!(await kept.beginAttempt(id, { revision, since }))) return { kind: 'settled' }; // changed meanwhile: look anew
    try {
      await bookings.enter({ ...query, entry: newEntry(booking, rows) });
    } catch (error) {
      if (isSurelyNotTaken(error)) {
        // Refused as entered twice: an attempt that was given up may have come to its end after all.
        const isRefused = error instanceof AccountingFailure && error.meaning.about === 'booking';
        const late = isRefused && oursAmong(await bookings.find(query), stored);
        if (late) return prove(stored, late);
        await kept.attemptFailed(id);
        throw error;
      }
      return wait(stored, { reason: 'outcome-unknown', until: later(now().toISOString(), settleMs) });
    }
    await kept.entered(id);
    const entered = oursAmong(await bookings.find(query), { ...stored, enteredAt: now().toISOString() });
    return entered ? prove(stored, entered) : wait(stored, { reason: 'outcome-unknown', until: null });
  }

  /** The proof: it stands where it was sent. In another company nothing of this connection is sent any more. */
  async function prove(stored: StoredBooking, entry: PurchaseEntry): Promise<DeliveryStep> {
    const { id, connectionId, companyId } = stored;
    if (entry.companyId === companyId) {
      await kept.deliver(id, { id: entry.id, number: entry.number });
      return { kind: 'settled' };
    }
    const why = { bookingId: id, expectedCompany: companyId, foundCompany: entry.companyId };
    await store.deliveryStops.stop(connectionId, why);
    return wait(stored, { reason: 'deliveries-stopped', until: null });
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
    desk: Desk,
    failure: AccountingFailure,
  ): Promise<DeliveryStep> {
    const { meaning } = failure;
    if (meaning.about === 'link' && desk.personal)
      await store.userLinks.broke(desk.personal, meaning.cause, now().toISOString());
    const hold = waitAfter(meaning, now());
    if (mayBeBooked((await kept.get(stored.id)) ?? stored)) {
      const isForHimOnly = desk.onlyLooks && meaning.about === 'right';
      return wait(stored, { ...hold, reason: isForHimOnly ? 'login-lost' : 'outcome-unknown' });
    }
    if (meaning.about === 'booking')
      return setAside(stored, [{ field: 'booking', value: '', why: 'refused', said: meaning.said }]);
    const lack = desk.personal && lackOfLogin(meaning);
    return lack ? setAside(stored, [notByHim(stored, lack)]) : wait(stored, hold);
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
function oursAmong(found: readonly PurchaseEntry[], { enteredAt }: Pick<StoredBooking, 'enteredAt'>) {
  return found.find(({ ours }) => ours) ?? (enteredAt ? found[0] : undefined);
}

function bookedByOthers({ booking }: StoredBooking, { number }: PurchaseEntry): Misfit {
  return { field: 'invoiceNumber', value: booking.invoiceNumber, why: 'already-booked', said: number };
}

function later(moment: Moment, ms: number): Moment {
  return new Date(Date.parse(moment) + ms).toISOString();
}
