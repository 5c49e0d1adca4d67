import type { AccountingSystems } from '../accounting/registry.ts';
import type { BookingHook } from './booking-hook.ts';
import type { Speaker } from '../domain/announcements/index.ts';
import type { FreshnessPromise } from '../domain/freshness.ts';
import type { Office } from '../domain/office.ts';
import type { Store } from '../store/index.ts';

/** What activities work with; the composition roots and the tests hand it in. */
export interface ActivityDeps {
  store: Store;
  systems: AccountingSystems;
  speaker: Speaker;
  office: Office;
  now: () => Date;
  /** How old each kind of master data may become; a day when nothing is promised. */
  freshness?: FreshnessPromise;
  /** Whether the workflow of a connection runs, as far as anybody can tell; without it nobody looks. */
  runs?: (connectionId: string) => Promise<boolean>;
  /** Where callers are told what became of their bookings, if anywhere. */
  bookingHook?: BookingHook | null;
  /** How long a message that lists several stands before it is edited again. @default a second */
  betweenEditsMs?: number;
  /** How often everything is listed anew. @default fullPassEvery */
  fullPassEveryMs?: number;
}
