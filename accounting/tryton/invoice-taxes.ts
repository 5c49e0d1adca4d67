import { z } from 'zod';
import { sameAmount, sumOf } from '../../domain/bookings/amounts.ts';
import type { Decimal } from '../../domain/master-data.ts';
import type { NewPurchaseEntry } from '../port.ts';
import { related } from './table.ts';
import { decimal } from './values.ts';

/** The VAT of a draft invoice as Tryton worked it out. A composed tax shows as the parts it is composed of. */
export const invoiceTaxesSchema = z
  .array(
    z.object({
      'taxes.': z.array(
        z.object({
          id: z.int(),
          amount: decimal,
          tax: z.int().nullish(),
          'tax.': related({ parent: z.int().nullish() }),
        }),
      ),
    }),
  )
  .length(1);
export type InvoiceTaxes = z.output<typeof invoiceTaxesSchema>[0]['taxes.'];

/**
 * What must be written over so that the VAT is that of the invoice itself: suppliers round per line, or not at all. The
 * difference of a VAT code goes to its first part; where there is no part, Tryton refuses the total, and says so.
 */
export function taxCorrections(
  lines: NewPurchaseEntry['lines'],
  taxes: InvoiceTaxes,
): { id: number; amount: Decimal }[] {
  const codes = new Set(lines.flatMap(({ vatCode }) => vatCode?.externalId ?? []));
  return [...codes].flatMap((code) => {
    const wanted = lines
      .filter(({ vatCode }) => vatCode?.externalId === code)
      .map(({ vatAmount }) => vatAmount);
    const parts = taxes.filter(({ tax, 'tax.': of }) => String(tax) === code || String(of?.parent) === code);
    const [first, ...others] = parts;
    if (!first) return [];
    const amount = sumOf([...wanted, ...others.map((part) => negative(part.amount))]);
    return sameAmount(amount, first.amount) ? [] : [{ id: first.id, amount }];
  });
}

/** The same amount with the other sign. */
export function negative(amount: Decimal): Decimal {
  return amount.startsWith('-') ? amount.slice(1) : `-${amount}`;
}
