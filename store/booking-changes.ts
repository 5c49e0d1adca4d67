import type { Kysely } from 'kysely';
import type { Misfit, NamedRows } from '../domain/booking-fit.ts';
import type { Moment } from '../domain/master-data.ts';
import type { BookingState, HoldReason, PurchaseBooking } from '../domain/purchase-booking.ts';
import { noticeOf } from './booking-notices.ts';
import type { BookingLine } from './booking-queries.ts';
import { bookingId, contentHash, fromRow } from './booking-rows.ts';
import type { Database } from './database.ts';
import type { StoredBooking } from './purchase-bookings.ts';
import type { PurchaseBookingRow, Schema } from './schema.ts';

export interface BookingChanges {
  /** Keeps a booking at the end of its line; one with this reference that is there already stays as it is. */
  take(
    line: BookingLine,
    handed: { booking: PurchaseBooking; pinned: NamedRows; hold: HoldReason | null },
  ): Promise<{ kept: StoredBooking; was: 'new' | 'same' | 'other' }>;
  /** Its workflow knows of it. */
  handedOver(id: string): Promise<void>;
  /** It waits; what it waits for counts for people only when it changes. */
  hold(id: string, hold: { reason: HoldReason; until: Moment | null }): Promise<void>;
  /** A human must look at it. It was surely not booked. */
  setAside(id: string, misfits: Misfit[]): Promise<void>;
  /** The entry was read back in the package. */
  deliver(id: string, entry: { id: string; number: string }): Promise<void>;
  /**
   * Notes that it is about to be sent. False when somebody else changed it since, or may still be sending it: then it
   * must not be sent. `since`: an attempt before this moment has come to its end, whatever became of it.
   */
  beginAttempt(id: string, guard: { revision: number; since: Date }): Promise<boolean>;
  /** The package said that it took it; what is left is to read it back. */
  entered(id: string): Promise<void>;
  /** The package surely did not take it. */
  attemptFailed(id: string): Promise<void>;
  /** A human gives it another content and it takes its place in the line again. False when it is too late. */
  correct(id: string, corrected: { booking: PurchaseBooking; pinned: NamedRows }): Promise<boolean>;
  /** A human takes it back. False when it is too late: delivered, or nobody knows. */
  withdraw(id: string): Promise<boolean>;
}

type Patch = Partial<Omit<PurchaseBookingRow, 'id' | 'state' | 'revision' | 'changed_at'>>;
const open: BookingState[] = ['accepted', 'held', 'misfit'];

export function createBookingChanges({ transact }: Database, { now }: { now: () => Date }): BookingChanges {
  const rowOf = (trx: Kysely<Schema>, id: string) =>
    trx.selectFrom('purchase_bookings').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

  /** Every change is told: the notice is written with it, or neither is. */
  async function change(
    id: string,
    decide: (
      row: PurchaseBookingRow,
      trx: Kysely<Schema>,
    ) => Promise<{ state: BookingState; patch: Patch } | null>,
  ): Promise<boolean> {
    return transact(`bookings/${id}`, async (trx) => {
      const row = await rowOf(trx, id);
      const decided = await decide(row, trx);
      if (!decided) return false;
      const after: PurchaseBookingRow = {
        ...row,
        ...decided.patch,
        state: decided.state,
        revision: row.revision + 1,
        changed_at: now().toISOString(),
      };
      await trx.updateTable('purchase_bookings').set(after).where('id', '=', id).execute();
      await trx.insertInto('booking_notices').values(noticeOf(after)).execute();
      return true;
    });
  }

  const settled = { hold_reason: null, hold_until: null, misfits: '[]', attempted_at: null };

  return {
    take({ connectionId, companyId }, { booking, pinned, hold }) {
      return transact(`booking line/${connectionId}/${companyId}`, async (trx) => {
        const id = bookingId(connectionId, companyId, booking.reference);
        const hash = contentHash(booking);
        const known = await trx
          .selectFrom('purchase_bookings')
          .selectAll()
          .where('id', '=', id)
          .executeTakeFirst();
        if (known) return { kept: fromRow(known), was: known.content_hash === hash ? 'same' : 'other' };
        const { last } = await trx
          .selectFrom('purchase_bookings')
          .select((eb) => eb.fn.max('position').as('last'))
          .where('connection_id', '=', connectionId)
          .where('company_id', '=', companyId)
          .executeTakeFirstOrThrow();
        const at = now().toISOString();
        const row: PurchaseBookingRow = {
          id,
          connection_id: connectionId,
          company_id: companyId,
          position: ((last as number | null) ?? 0) + 1,
          reference: booking.reference,
          content: JSON.stringify(booking),
          content_hash: hash,
          pinned: JSON.stringify(pinned),
          invoice_date: booking.invoiceDate,
          state: hold ? 'held' : 'accepted',
          hold_reason: hold,
          hold_until: null,
          misfits: '[]',
          misfit_list: null,
          attempted_at: null,
          entered_at: null,
          handed_over: 0,
          entry_id: null,
          entry_number: null,
          received_at: at,
          changed_at: at,
          revision: 1,
        };
        await trx.insertInto('purchase_bookings').values(row).execute();
        await trx.insertInto('booking_notices').values(noticeOf(row)).execute();
        return { kept: fromRow(row), was: 'new' };
      });
    },

    async handedOver(id) {
      await transact(`bookings/${id}`, (trx) =>
        trx.updateTable('purchase_bookings').set({ handed_over: 1 }).where('id', '=', id).execute(),
      );
    },

    async hold(id, { reason, until }) {
      await change(id, async (row) => {
        if (!['accepted', 'held'].includes(row.state)) return null;
        if (row.state === 'held' && row.hold_reason === reason && row.hold_until === until) return null;
        return { state: 'held', patch: { hold_reason: reason, hold_until: until } };
      });
    },

    async setAside(id, misfits) {
      await change(id, async (row, trx) => {
        if (!['accepted', 'held'].includes(row.state)) return null;
        const list = await misfitList(trx, row.connection_id);
        const patch = { ...settled, misfits: JSON.stringify(misfits), misfit_list: list };
        return { state: 'misfit', patch };
      });
    },

    async deliver(id, entry) {
      await change(id, async (row) => {
        if (row.state === 'delivered') return null;
        return { state: 'delivered', patch: { ...settled, entry_id: entry.id, entry_number: entry.number } };
      });
    },

    async beginAttempt(id, { revision, since }) {
      return transact(`bookings/${id}`, async (trx) => {
        const { numUpdatedRows } = await trx
          .updateTable('purchase_bookings')
          .set({ attempted_at: now().toISOString() })
          .where('id', '=', id)
          .where('revision', '=', revision)
          .where('entered_at', 'is', null)
          .where('state', 'in', ['accepted', 'held'])
          .where((eb) =>
            eb.or([eb('attempted_at', 'is', null), eb('attempted_at', '<=', since.toISOString())]),
          )
          .executeTakeFirst();
        return numUpdatedRows === 1n;
      });
    },

    async entered(id) {
      await transact(`bookings/${id}`, (trx) =>
        trx
          .updateTable('purchase_bookings')
          .set({ entered_at: now().toISOString() })
          .where('id', '=', id)
          .execute(),
      );
    },

    async attemptFailed(id) {
      await transact(`bookings/${id}`, (trx) =>
        trx.updateTable('purchase_bookings').set({ attempted_at: null }).where('id', '=', id).execute(),
      );
    },

    correct(id, { booking, pinned }) {
      return change(id, async (row) => {
        if (!open.includes(row.state) || row.attempted_at !== null) return null;
        const content = {
          content: JSON.stringify(booking),
          content_hash: contentHash(booking),
          pinned: JSON.stringify(pinned),
          invoice_date: booking.invoiceDate,
        };
        return { state: 'accepted', patch: { ...settled, ...content, handed_over: 0 } };
      });
    },

    withdraw(id) {
      return change(id, async (row) => {
        if (!open.includes(row.state) || row.attempted_at !== null) return null;
        return { state: 'withdrawn', patch: { ...settled, handed_over: 0 } };
      });
    },
  };
}

/** The list that is open on this connection, else a new one. */
async function misfitList(trx: Kysely<Schema>, connectionId: string): Promise<number> {
  const lists = trx
    .selectFrom('purchase_bookings')
    .select((eb) => eb.fn.max('misfit_list').as('last'))
    .where('connection_id', '=', connectionId);
  const current = await lists.where('state', '=', 'misfit').executeTakeFirstOrThrow();
  const ever = await lists.executeTakeFirstOrThrow();
  return current.last ?? (ever.last ?? 0) + 1;
}
