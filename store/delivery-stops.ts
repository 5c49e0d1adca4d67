import type { Moment } from '../domain/master-data.ts';
import type { Database } from './database.ts';

/** A booking was read back from another company than it was sent to: nothing of the connection is delivered any more. */
export interface DeliveryStop {
  bookingId: string;
  expectedCompany: string;
  foundCompany: string;
  at: Moment;
}

export interface DeliveryStopStore {
  /** Stops every delivery of the connection; the first stop counts. */
  stop(connectionId: string, why: Omit<DeliveryStop, 'at'>): Promise<void>;
  of(connectionId: string): Promise<DeliveryStop | null>;
  /** A human has looked. False when nothing was stopped. */
  lift(connectionId: string): Promise<boolean>;
}

export function createDeliveryStopStore({ db }: Database, { now }: { now: () => Date }): DeliveryStopStore {
  return {
    async stop(connectionId, { bookingId, expectedCompany, foundCompany }) {
      await db
        .insertInto('delivery_stops')
        .values({
          connection_id: connectionId,
          booking_id: bookingId,
          expected_company: expectedCompany,
          found_company: foundCompany,
          at: now().toISOString(),
        })
        .onConflict((conflict) => conflict.column('connection_id').doNothing())
        .execute();
    },
    async of(connectionId) {
      const row = await db
        .selectFrom('delivery_stops')
        .selectAll()
        .where('connection_id', '=', connectionId)
        .executeTakeFirst();
      if (row === undefined) return null;
      const { booking_id, expected_company, found_company, at } = row;
      return { bookingId: booking_id, expectedCompany: expected_company, foundCompany: found_company, at };
    },
    async lift(connectionId) {
      const { numDeletedRows } = await db
        .deleteFrom('delivery_stops')
        .where('connection_id', '=', connectionId)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}
