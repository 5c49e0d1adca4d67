import { z } from 'zod';
import { defineTable, related } from '../table.ts';
import { asPercentage, day, decimal } from '../values.ts';

const directions: Record<string, 'sales' | 'purchase' | 'both'> = {
  sale: 'sales',
  purchase: 'purchase',
  both: 'both',
};

/**
 * A tax may also be a fixed amount or none at all; then there is no percentage. Its days are read, and not `active`, which Tryton
 * works out from them for the fiscal year of today (account/common.py, `ActivePeriodMixin`).
 */
export const vatCode = defineTable({
  kind: 'vat-code',
  model: 'account.tax',
  perCompany: true,
  parts: { group: 'account.tax.group' },
  record: {
    name: z.string(),
    description: z.string().nullish(),
    start_date: day.nullish(),
    end_date: day.nullish(),
    type: z.string(),
    rate: decimal.nullish(),
    'group.': related({ kind: z.string().nullish() }),
  },
  row: ({ name, description, start_date, end_date, type, rate, 'group.': group }) => ({
    code: name,
    name: description || name,
    active: true,
    details: {
      percentage: type === 'percentage' && rate ? asPercentage(rate) : null,
      direction: directions[group?.kind ?? ''] ?? null,
      startDate: start_date ?? null,
      endDate: end_date ?? null,
    },
  }),
});
