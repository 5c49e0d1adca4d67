import { z } from 'zod';
import { defineTable } from '../table.ts';
import { flag } from '../values.ts';

/** Analytic accounts; roots and views only group them and cannot be booked on. */
export const costCentre = defineTable({
  kind: 'cost-centre',
  model: 'analytic_account.account',
  perCompany: true,
  only: [['type', 'in', ['normal', 'distribution']]],
  record: {
    code: z.string().nullish(),
    name: z.string(),
    active: flag,
    state: z.string(),
  },
  row: ({ code, name, active, state }) => ({
    code: code ?? null,
    name,
    active: active && state !== 'closed',
    details: {},
  }),
});
