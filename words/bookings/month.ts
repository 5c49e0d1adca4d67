import type { MonthReadiness } from '../../domain/bookings/month-readiness.ts';

type Reason = MonthReadiness['reasons'][number];

/** Why the books of a month may not be closed yet. */
export function whyMonthIsOpen({ why, bookings }: Reason): string {
  switch (why) {
    case 'month-not-over':
      return 'The month is not over yet.';
    case 'not-connected':
      return 'The accounting system is not connected, so nobody knows what is missing.';
    case 'company-not-reachable':
      return 'The company is not reached.';
    case 'master-data-stale':
      return 'The master data of the company has not come in for a day.';
    case 'deliveries-stopped':
      return 'All deliveries of this connection are stopped.';
    case 'bookings-misfit':
      return `${many(bookings, 'does', 'do')} not fit, and must be corrected or withdrawn.`;
    case 'bookings-waiting':
      return `${many(bookings, 'is', 'are')} not in the accounting system yet.`;
  }
}

function many(count: number | null, one: string, more: string): string {
  return count === 1 ? `1 booking ${one}` : `${count ?? 0} bookings ${more}`;
}
