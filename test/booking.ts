import type { PurchaseBooking } from '../domain/bookings/purchase-booking.ts';

/** An invoice of 100.00 and 21.00 VAT that fits whatever the changes say. */
export function booking(changes: Partial<PurchaseBooking> = {}): PurchaseBooking {
  return {
    reference: 'doc-1',
    supplier: '1001',
    journal: '50',
    invoiceNumber: 'F2026-1',
    invoiceDate: '2026-11-20',
    currency: 'EUR',
    description: 'Papier',
    lines: [
      { glAccount: '4400', netAmount: '60.00', vatCode: '2', vatAmount: '12.60' },
      { glAccount: '4410', netAmount: '40.00', vatCode: '2', vatAmount: '8.40' },
    ],
    totals: { net: '100.00', vat: '21.00', gross: '121.00' },
    ...changes,
  };
}
