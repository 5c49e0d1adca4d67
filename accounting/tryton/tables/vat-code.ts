import { z } from 'zod';
import { defineTable, related } from '../table.ts';
import { asPercentage, decimal, flag } from '../values.ts';

const directions: Record<string, 'sales' | 'purchase' | 'both'> = {
  sale: 'sales',
  purchase: 'purchase',
  both: 'both',
};

/** A tax may also be a fixed amount or none at all; then there is no percentage. */
export const vatCode = defineTable({
  kind: 'vat-code',
  model: 'account.tax',
  perCompany: true,
  parts: { group: 'account.tax.group' },
  record: {
    name: z.string(),
    description: z.string().nullish(),
    active: flag,
    type: z.string(),
    rate: decimal.nullish(),
    'group.': related({ kind: z.string().nullish() }),
  },
  row: ({ name, description, active, type, rate, 'group.': group }) => ({
    code: name,
    name: description || name,
    active,
    details: {
      percentage: type === 'percentage' && rate ? asPercentage(rate) : null,
      direction: directions[group?.kind ?? ''] ?? null,
    },
  }),
});
