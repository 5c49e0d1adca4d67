import type { Kysely } from 'kysely';
import type { Misfit } from '../domain/booking-fit.ts';
import type { Moment } from '../domain/master-data.ts';
import type { HoldReason } from '../domain/purchase-booking.ts';
import { createBookingChange, lockOf, settled } from './booking-change.ts';
import type { Database } from './database.ts';
import type { StoredBooking } from './purchase-bookings.ts';
import type { Schema } from './schema.ts';

/** What their delivery does with bookings. */
export interface BookingDeliveries {
  /** It waits; what it waits for counts for people only when it changes. */
  hold(id: string, hold: { reason: HoldReason; until: Moment | null }): Promise<void>;
  /** A human must look at it. It was surely not booked. Nothing happens when somebody changed it since it was read. */
  setAside(read: Pick<StoredBooking, 'id' | 'revision'>, misfits: Misfit[]): Promise<void>;
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
}

export function createBookingDeliveries(database: Database, options: { now: () => Date }): BookingDeliveries {
  const { transact } = database;
  const { now } = options;
  const change = createBookingChange(database, options);

  return {
    async hold(id, { reason, until }) {
      await change(id, (row) => {
        if (!['accepted', 'held'].includes(row.state)) return null;
        if (row.state === 'held' && row.hold_reason === reason && row.hold_until === until) return null;
        return { state: 'held', patch: { hold_reason: reason, hold_until: until } };
      });
    },

    async setAside({ id, revision }, misfits) {
      await change(id, async (row, trx) => {
        if (!['accepted', 'held'].includes(row.state) || row.revision !== revision) return null;
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

    async beginAttempt(id, { revision, since }) {
      return transact(lockOf(id), async (trx) => {
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
      await transact(lockOf(id), (trx) =>
        trx
          .updateTable('purchase_bookings')
          .set({ entered_at: now().toISOString() })
          .where('id', '=', id)
          .execute(),
      );
    },

    async attemptFailed(id) {
      await transact(lockOf(id), (trx) =>
        trx.updateTable('purchase_bookings').set({ attempted_at: null }).where('id', '=', id).execute(),
      );
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
