import { z } from 'zod';
import { waitOf } from '../../../domain/master-data.ts';
import { defineTable } from '../table.ts';
import { flag } from '../values.ts';

const step = z.object({
  day: z.int().nullish(),
  months: z.int(),
  weeks: z.int(),
  days: z.int(),
});

/**
 * A Tryton term is a list of instalments, each with steps in time. Only a term of one instalment has one number
 * of days; "day 31" means the end of a month (account_invoice/payment_term.py).
 */
export const paymentCondition = defineTable({
  kind: 'payment-condition',
  model: 'account.invoice.payment_term',
  perCompany: false,
  parts: {
    lines: 'account.invoice.payment_term.line',
    'lines.relativedeltas': 'account.invoice.payment_term.line.delta',
  },
  record: {
    name: z.string(),
    active: flag,
    'lines.': z.array(z.object({ 'relativedeltas.': z.array(step) })),
  },
  row: ({ name, active, 'lines.': lines }) => ({
    code: null,
    name,
    active,
    details: lines.length === 1 ? dueAfter(lines[0]?.['relativedeltas.'] ?? []) : {},
  }),
});

function dueAfter(steps: z.output<typeof step>[]) {
  const months = steps.reduce((sum, { months }) => sum + months, 0);
  const days = waitOf(steps.reduce((sum, { weeks, days }) => sum + 7 * weeks + days, 0));
  const fixedDay = steps.find(({ day }) => typeof day === 'number')?.day ?? null;
  if (fixedDay === 31) return { days, endOfMonths: waitOf(months) };
  // A number of months, or a fixed day in them, is no number of days.
  return months === 0 && fixedDay === null ? { days } : {};
}
