import { z } from 'zod';
import { defineTable, related } from '../table.ts';
import { day, flag } from '../values.ts';

const accountType = related({
  name: z.string(),
  statement: z.string().nullish(),
  assets: flag.nullish(),
  revenue: flag.nullish(),
  expense: flag.nullish(),
  debt: flag.nullish(),
});
type AccountType = NonNullable<(typeof accountType)['_output']>;

/**
 * Headings of the chart have no type; they come along, because totals of an office hang on them. Its `active` is worked out by
 * Tryton for the fiscal year of the day it is asked (account/common.py, `ActivePeriodMixin`), so the dates are read instead.
 */
export const glAccount = defineTable({
  kind: 'gl-account',
  model: 'account.account',
  perCompany: true,
  parts: { type: 'account.account.type' },
  refers: { taxes: 'account.tax' },
  record: {
    code: z.string().nullish(),
    name: z.string(),
    start_date: day.nullish(),
    end_date: day.nullish(),
    closed: flag.nullish(),
    'taxes.': z.array(z.object({ name: z.string() })),
    'type.': accountType,
  },
  row: ({ code, name, start_date, end_date, closed, 'taxes.': taxes, 'type.': type }) => ({
    code: code ?? null,
    name,
    active: true,
    details: {
      type: type?.name ?? null,
      statement: statementOf(type),
      balanceSide: balanceSideOf(type),
      // Tryton allows several default taxes; one VAT code cannot say that, so then it says nothing.
      vatCode: taxes.length === 1 ? (taxes[0]?.name ?? null) : null,
      blocked: closed ?? null,
      closedTo: closedTo(type),
      startDate: start_date ?? null,
      endDate: end_date ?? null,
    },
  }),
});

/** On what a line of a supplier's invoice may stand (account_invoice/invoice.py, `_account_domain`). */
function closedTo(type: AccountType | null | undefined) {
  if (!type) return 'everything';
  return type.expense || type.debt ? null : 'purchases';
}

function statementOf(type: AccountType | null | undefined) {
  if (type?.statement === 'balance') return 'balance-sheet';
  return type?.statement === 'income' ? 'profit-and-loss' : null;
}

function balanceSideOf(type: AccountType | null | undefined) {
  if (type?.statement === 'balance') return type.assets ? 'debit' : 'credit';
  if (type?.expense) return 'debit';
  return type?.revenue ? 'credit' : null;
}
