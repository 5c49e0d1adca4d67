import type { Day } from '../master-data.ts';
import type { PurchaseBooking } from './purchase-booking.ts';

/**
 * People may enter another day than that of the invoice, so around the turn of a year the year says little. As far as Tryton
 * looks for an invoice that was entered twice (its module account_invoice, `_similar_domain`).
 */
const aroundTheTurnMs = 60 * 24 * 60 * 60_000;

/**
 * Whether an entry that others made, with the supplier and the invoice number of this booking, is of the same invoice. A
 * supplier may count anew each year: in another year it is another invoice. In the same one it is too where somebody has
 * looked at that entry and says so.
 */
export function isSameInvoice(
  { number, date }: { number: string; date: Day | null },
  { invoiceDate, besides }: Pick<PurchaseBooking, 'invoiceDate' | 'besides'>,
): boolean {
  if (besides?.includes(number)) return false;
  if (date === null || yearOf(date) === yearOf(invoiceDate)) return true;
  return Math.abs(Date.parse(date) - Date.parse(invoiceDate)) <= aroundTheTurnMs;
}

const yearOf = (day: Day) => day.slice(0, 'yyyy'.length);
