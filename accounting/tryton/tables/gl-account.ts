import { z } from 'zod';
import { defineTable, related } from '../table.ts';
import { flag } from '../values.ts';

const accountType = related({
  name: z.string(),
  statement: z.string().nullish(),
  assets: flag.nullish(),
  revenue: flag.nullish(),
  expense: flag.nullish(),
});
type AccountType = NonNullable<(typeof accountType)['_output']>;

/** Headings of the chart have no type; they come along, because totals of an office hang on them. */
export const glAccount = defineTable({
  kind: 'gl-account',
  model: 'account.account',
  perCompany: true,
  parts: { type: 'account.account.type' },
  record: {
    code: z.string().nullish(),
    name: z.string(),
    active: flag,
    closed: flag.nullish(),
    'taxes.': z.array(z.object({ name: z.string() })),
    'type.': accountType,
  },
  row: ({ code, name, active, closed, 'taxes.': taxes, 'type.': type }) => ({
    code: code ?? null,
    name,
    active,
    details: {
      type: type?.name ?? null,
      statement: statementOf(type),
      balanceSide: balanceSideOf(type),
      // Tryton allows several default taxes; one VAT code cannot say that, so then it says nothing.
      vatCode: taxes.length === 1 ? (taxes[0]?.name ?? null) : null,
      blocked: closed ?? null,
    },
  }),
});

function statementOf(type: AccountType | null | undefined) {
  if (type?.statement === 'balance') return 'balance-sheet';
  return type?.statement === 'income' ? 'profit-and-loss' : null;
}

function balanceSideOf(type: AccountType | null | undefined) {
  if (type?.statement === 'balance') return type.assets ? 'debit' : 'credit';
  if (type?.expense) return 'debit';
  return type?.revenue ? 'credit' : null;
}
