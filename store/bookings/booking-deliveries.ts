import type { Kysely } from 'kysely';
import type { Misfit } from '../../domain/bookings/booking-fit.ts';
import type { Moment } from '../../domain/master-data.ts';
import type { HoldReason } from '../../domain/bookings/purchase-booking.ts';
import { createBookingChange, lockOf, settled } from './booking-change.ts';
import type { Database } from '../database/database.ts';
import type { StoredBooking } from './purchase-bookings.ts';
import type { Schema } from '../database/schema.ts';
import type { SharedClock } from '../database/shared-clock.ts';
import type { ConnectionId } from '../../domain/ids.ts';

/** What their delivery does with bookings. */
export interface BookingDeliveries {
  /** It waits; what it waits for counts for people only when it changes. */
  hold(id: string, hold: { reason: HoldReason; until: Moment | null }): Promise<void>;
  /**
   * A human must look at it. It was surely not booked. Nothing happens when somebody changed it, or began to send it, since
   * it was read.
   */
  setAside(read: ReadBooking, misfits: Misfit[]): Promise<void>;
  /** The entry was read back in the package. */
  deliver(id: string, entry: { id: string; number: string }): Promise<void>;
  /**
   * Notes that it is about to be sent. Null when somebody else changed or tried it since it was read, or may still be
   * sending it: then it must not be sent. `since`: an attempt before this moment of the shared clock has come to its end,
   * whatever became of it.
   */
  beginAttempt(read: ReadBooking, options: { since: Date }): Promise<Attempt | null>;
  /** The package said that it took it; what is left is to read it back. */
  entered(id: string): Promise<void>;
  /** The package surely did not take it at this attempt; what another one noted meanwhile stays. */
  attemptFailed(attempt: Attempt): Promise<void>;
  /** The package answered with a fault of its own, so nobody knows. Counted, for it may be this booking that it trips over. */
  attemptFaltered(attempt: Attempt, said: string): Promise<void>;
}

type ReadBooking = Pick<StoredBooking, 'id' | 'revision' | 'attempt'>;

/** One try at sending a booking; its number is its fence. */
export interface Attempt {
  id: string;
  attempt: number;
  at: Moment;
}

export function createBookingDeliveries(
  database: Database,
  options: { now: () => Date; clock: SharedClock },
): BookingDeliveries {
  const { transact } = database;
  const { clock } = options;
  const change = createBookingChange(database, options);

  return {
    async hold(id, { reason, until }) {
      await change(id, (row) => {
        if (!['accepted', 'held'].includes(row.state)) return null;
        if (row.state === 'held' && row.hold_reason === reason && row.hold_until === until) return null;
        return { state: 'held', patch: { hold_reason: reason, hold_until: until } };
      });
    },

    async setAside({ id, revision, attempt }, misfits) {
      await change(id, async (row, trx) => {
        if (!['accepted', 'held'].includes(row.state) || row.revision !== revision) return null;
        if (row.attempt !== attempt || row.entered_at !== null) return null;
        const list = await misfitList(trx, row.connection_id);
        const patch = { ...settled, misfits: JSON.stringify(misfits), misfit_list: list };
        return { state: 'misfit', patch };
      });
    },

    async deliver(id, entry) {
      await change(id, (row) => {
        if (row.state === 'delivered') return null;
        return { state: 'delivered', patch: { ...settled, entry_id: entry.id, entry_number: entry.number } };
      });
    },

    async beginAttempt({ id, revision, attempt }, { since }) {
      return transact(lockOf(id), async (trx) => {
        const begun = { id, attempt: attempt + 1, at: (await clock(trx)).toISOString() };
        const { numUpdatedRows } = await trx
          .updateTable('purchase_bookings')
          .set({ attempt: begun.attempt, attempted_at: begun.at })
          .where('id', '=', id)
          .where('revision', '=', revision)
          .where('attempt', '=', attempt)
          .where('entered_at', 'is', null)
          .where('state', 'in', ['accepted', 'held'])
          .where((eb) =>
            eb.or([eb('attempted_at', 'is', null), eb('attempted_at', '<=', since.toISOString())]),
          )
          .executeTakeFirst();
        return numUpdatedRows === 1n ? begun : null;
      });
    },

    async entered(id) {
      await transact(lockOf(id), async (trx) => {
        const at = (await clock(trx)).toISOString();
        await trx.updateTable('purchase_bookings').set({ entered_at: at }).where('id', '=', id).execute();
      });
    },

    async attemptFailed({ id, attempt }) {
      await transact(lockOf(id), (trx) =>
        trx
          .updateTable('purchase_bookings')
          .set({ attempted_at: null })
          .where('id', '=', id)
          .where('attempt', '=', attempt)
          .execute(),
      );
    },

    async attemptFaltered({ id, attempt }, said) {
      await transact(lockOf(id), (trx) =>
        trx
          .updateTable('purchase_bookings')
          .set((eb) => ({ failures: eb('failures', '+', 1), failure_said: said }))
          .where('id', '=', id)
          .where('attempt', '=', attempt)
          .execute(),
      );
    },
  };
}

/** The list that is open on this connection, else a new one. */
async function misfitList(trx: Kysely<Schema>, connectionId: ConnectionId): Promise<number> {
  const lists = trx
    .selectFrom('purchase_bookings')
    .select((eb) => eb.fn.max('misfit_list').as('last'))
    .where('connection_id', '=', connectionId);
  const current = await lists.where('state', '=', 'misfit').executeTakeFirstOrThrow();
  const ever = await lists.executeTakeFirstOrThrow();
  return current.last ?? (ever.last ?? 0) + 1;
}
