import { z } from 'zod';
import { defineTable, related } from '../table.ts';
import { decimal, flag } from '../values.ts';

/** A product is a variant of a template, which holds the name, the unit and the price. */
export const item = defineTable({
  kind: 'item',
  model: 'product.product',
  perCompany: false,
  parts: { template: 'product.template' },
  refers: { default_uom: 'product.uom' },
  record: {
    code: z.string().nullish(),
    name: z.string().nullish(),
    rec_name: z.string(),
    active: flag,
    list_price_used: decimal.nullish(),
    'default_uom.': related({ symbol: z.string() }),
  },
  row: ({ code, name, rec_name, active, list_price_used: price, 'default_uom.': unit }) => ({
    code: code || null,
    name: name || rec_name,
    active,
    details: { unit: unit?.symbol ?? null, price: price ?? null },
  }),
});
