import { z } from 'zod';
import type { Moment } from '../../domain/master-data.ts';
import type { Database } from '../database/database.ts';
import { parseJson } from '../database/json.ts';
import type { ConnectionId } from '../../domain/ids.ts';

const entriesSchema = z.array(z.string());

/**
 * A booking was read back from another company than it was sent to, or stands in the books more than once: nothing of the
 * connection is delivered any more.
 */
export interface DeliveryStop {
  bookingId: string;
  expectedCompany: string;
  foundCompany: string;
  /** The numbers of its entries, where there is more than one. */
  entries: string[];
  at: Moment;
}

export interface DeliveryStopStore {
  /** Stops every delivery of the connection; the first stop counts. */
  stop(connectionId: ConnectionId, why: Omit<DeliveryStop, 'at'>): Promise<void>;
  of(connectionId: ConnectionId): Promise<DeliveryStop | null>;
  /** A human has looked. False when nothing was stopped. */
  lift(connectionId: ConnectionId): Promise<boolean>;
}

export function createDeliveryStopStore({ db }: Database, { now }: { now: () => Date }): DeliveryStopStore {
  return {
    async stop(connectionId, { bookingId, expectedCompany, foundCompany, entries }) {
      await db
        .insertInto('delivery_stops')
        .values({
          connection_id: connectionId,
          booking_id: bookingId,
          expected_company: expectedCompany,
          found_company: foundCompany,
          entries: JSON.stringify(entries),
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
      return {
        bookingId: row.booking_id,
        expectedCompany: row.expected_company,
        foundCompany: row.found_company,
        entries: parseJson(entriesSchema, row.entries),
        at: row.at,
      };
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
