import type { NewPurchaseEntry } from '../../accounting/port.ts';
import type { NamedRow, NamedRows } from '../../domain/bookings/booking-fit.ts';
import type { PurchaseBooking } from '../../domain/bookings/purchase-booking.ts';

/** A booking in the words of the package: with the rows it names instead of their names. */
export function newEntry(booking: PurchaseBooking, rows: NamedRows): NewPurchaseEntry {
  const row = (field: string): NamedRow => {
    const found = rows[field];
    if (!found) throw new Error(`The booking was not held against the master data: ${field}`);
    return found;
  };
  const { invoiceDate, dueDate = null, currency, description = null, besides, totals } = booking;
  return {
    journal: row('journal'),
    invoiceDate,
    dueDate,
    currency,
    description,
    besides: besides ?? [],
    totals,
    lines: booking.lines.map((line, index) => {
      const named = (name: 'vatCode' | 'costCentre' | 'costUnit' | 'project') =>
        line[name] ? row(`lines.${index}.${name}`) : null;
      return {
        glAccount: row(`lines.${index}.glAccount`),
        description: line.description ?? null,
        netAmount: line.netAmount,
        vatCode: named('vatCode'),
        vatAmount: line.vatAmount,
        costCentre: named('costCentre'),
        costUnit: named('costUnit'),
        project: named('project'),
      };
    }),
  };
}
