import { z } from 'zod';
import { defineTable, related } from '../table.ts';
import { day } from '../values.ts';

/** Tryton has no switch for a project; one whose status says 100 % is done. */
export const project = defineTable({
  kind: 'project',
  model: 'project.work',
  perCompany: true,
  only: [['type', '=', 'project']],
  parts: { status: 'project.work.status' },
  record: {
    number: z.string().nullish(),
    name: z.string(),
    party: z.int().nullish(),
    timesheet_start_date: day.nullish(),
    timesheet_end_date: day.nullish(),
    'status.': related({ name: z.string(), progress: z.number().nullish() }),
  },
  row: (work) => ({
    code: work.number ?? null,
    name: work.name,
    active: (work['status.']?.progress ?? 0) < 1,
    details: {
      type: work['status.']?.name ?? null,
      relationId: work.party ? String(work.party) : null,
      startDate: work.timesheet_start_date ?? null,
      endDate: work.timesheet_end_date ?? null,
    },
  }),
});
