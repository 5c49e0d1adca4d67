import type { NewPurchaseEntry } from '../accounting/port.ts';
import type { NamedRow, NamedRows } from '../domain/booking-fit.ts';
import type { PurchaseBooking } from '../domain/purchase-booking.ts';

/** A booking in the words of the package: with the rows it names instead of their names. */
export function newEntry(booking: PurchaseBooking, rows: NamedRows): NewPurchaseEntry {
  const row = (field: string): NamedRow => {
    const found = rows[field];
    if (!found) throw new Error(`The booking was not held against the master data: ${field}`);
    return found;
  };
  const { invoiceDate, dueDate = null, currency, description = null, totals } = booking;
  return {
    journal: row('journal'),
    invoiceDate,
    dueDate,
    currency,
    description,
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
