import type { AccountingSystems } from '../accounting/registry.ts';
import type { BookingHook } from './bookings/booking-hook.ts';
import type { ConnectionState } from '../domain/connection.ts';
import type { Deliveries, Speaker } from '../domain/deliveries.ts';
import type { FreshnessPromise } from '../domain/sync/freshness.ts';
import type { Office } from '../domain/offices/office.ts';
import type { Store } from '../store/index.ts';
import type { ConnectionId } from '../domain/ids.ts';

/** What activities work with; the composition roots and the tests hand it in. */
export interface ActivityDeps {
  store: Store;
  systems: AccountingSystems;
  speaker: Speaker;
  /** What carries out later what Slack did not take at once. */
  deliveries: Pick<Deliveries, 'carryOut' | 'giveUp' | 'takeUp'>;
  office: Office;
  now: () => Date;
  /** How old each kind of master data may become; a day when nothing is promised. */
  freshness?: FreshnessPromise;
  /**
   * How a workflow ended, with what it brought; null while it runs, as far as anybody can tell. Without it nobody looks.
   */
  endOf?: (workflowId: string) => Promise<{ result: unknown } | null>;
  /** What the connections' workflows know. Without it nobody compares. */
  truths?: {
    ids(): Promise<string[]>;
    of(connectionId: ConnectionId): Promise<ConnectionState | null>;
    standingStill(): Promise<string[]>;
  };
  /** Where callers are told what became of their bookings, if anywhere. */
  bookingHook?: BookingHook | null;
  /** How long a message that lists several stands before it is edited again. @default a second */
  betweenEditsMs?: number;
  /** How long after an odd answer it is looked at again, by another call. @default 3000 */
  secondLookAfterMs?: number;
  /** How often everything is listed anew. @default fullPassEvery */
  fullPassEveryMs?: number;
}
