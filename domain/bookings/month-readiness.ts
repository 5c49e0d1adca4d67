import { obstructions, type BookingFacts, type NotBookable } from './bookable.ts';
import type { Day, Moment } from '../master-data.ts';
import type { BookingState } from './purchase-booking.ts';

/** `2026-10` */
export type Month = string;

export interface MonthFacts extends Omit<BookingFacts, 'kinds'> {
  month: Month;
  /** Today where the office is. */
  today: Day;
  now: Date;
  /** How old the master data of the company is at most, or null when it never came in completely. */
  lastSuccessAt: Moment | null;
  /** The bookings of that month, by state. */
  bookings: Record<BookingState, number>;
}

export const monthObstacles = [
  'month-not-over',
  'not-connected',
  'company-not-reachable',
  'master-data-stale',
  'deliveries-stopped',
  'bookings-misfit',
  'bookings-waiting',
] as const;
export type MonthObstacle = (typeof monthObstacles)[number];

export interface MonthReadiness {
  month: Month;
  ready: boolean;
  /** `bookings`: how many, where it is about some. */
  reasons: { why: MonthObstacle; bookings: number | null }[];
}

/** Master data that did not come in for a day is not what the books of today look like. */
const staleAfterMs = 24 * 60 * 60_000;

/** May the books of a month be closed, as far as Syncuser knows? Every reason why not, the heaviest first. */
export function monthReadiness(facts: MonthFacts): MonthReadiness {
  const reasons = obstacles(facts);
  return { month: facts.month, ready: reasons.length === 0, reasons };
}

function obstacles(facts: MonthFacts) {
  const { month, today, now, lastSuccessAt, bookings } = facts;
  const whys = obstructions(facts).map(({ why }) => monthObstacleOf[why]);
  const reasons: MonthReadiness['reasons'] = [];
  const no = (isSo: boolean, why: MonthObstacle, bookings: number | null = null) => {
    if (isSo) reasons.push({ why, bookings });
  };
  const waiting = bookings.accepted + bookings.held;
  no(today.slice(0, month.length) <= month, 'month-not-over');
  no(whys.includes('not-connected'), 'not-connected');
  no(whys.includes('company-not-reachable'), 'company-not-reachable');
  no(lastSuccessAt === null || now.getTime() - Date.parse(lastSuccessAt) > staleAfterMs, 'master-data-stale');
  no(whys.includes('deliveries-stopped'), 'deliveries-stopped');
  no(bookings.misfit > 0, 'bookings-misfit', bookings.misfit);
  no(waiting > 0, 'bookings-waiting', waiting);
  return reasons;
}

/**
 * What keeps a document from being booked keeps a month open as well. Null: it ends by itself, or says nothing of the books
 * of that month.
 */
const monthObstacleOf: Record<NotBookable['why'], MonthObstacle | null> = {
  'not-connected-yet': 'not-connected',
  abandoned: 'not-connected',
  disconnected: 'not-connected',
  'not-chosen': 'company-not-reachable',
  'no-access': 'company-not-reachable',
  blocked: 'company-not-reachable',
  'licence-expired': 'company-not-reachable',
  archived: 'company-not-reachable',
  gone: 'company-not-reachable',
  'deliveries-stopped': 'deliveries-stopped',
  paused: null,
  'first-sync': null,
  delayed: null,
  'master-data-not-fresh': null,
};
