import { z } from 'zod';
import { defineTable } from '../table.ts';
import { flag } from '../values.ts';

export const journal = defineTable({
  kind: 'journal',
  model: 'account.journal',
  perCompany: false,
  record: { code: z.string().nullish(), name: z.string(), active: flag, type: z.string().nullish() },
  row: ({ code, name, active, type }) => ({
    code: code ?? null,
    name,
    active,
    details: { type: type ?? null },
  }),
});
