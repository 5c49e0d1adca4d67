import {
  ScheduleAlreadyRunning,
  ScheduleOverlapPolicy,
  type Client,
  type ScheduleSpec,
} from '@temporalio/client';
import type { Office } from './domain/offices/office.ts';
import { workingHoursOf, type Weekday } from './domain/offices/working-hours.ts';
import { taskQueue } from './workflows/contract.ts';

const weekdays = {
  mon: 'MONDAY',
  tue: 'TUESDAY',
  wed: 'WEDNESDAY',
  thu: 'THURSDAY',
  fri: 'FRIDAY',
  sat: 'SATURDAY',
  sun: 'SUNDAY',
} as const satisfies Record<Weekday, string>;

/** What happens for the office by the clock. Made by whichever worker starts first, brought up to date by every other. */
export async function ensureSchedules(client: Client, office: Office): Promise<void> {
  const { days, from, timeZone } = workingHoursOf(office);
  const [hour, minute] = from.split(':').map(Number);
  const opening = { dayOfWeek: days.map((day) => weekdays[day]), hour: hour ?? 0, minute: minute ?? 0 };
  await ensure(
    client,
    {
      id: `digest/${office.id}`,
      workflowType: 'morningDigest',
      summary: 'What the office should know today',
    },
    { calendars: [opening], timezone: timeZone },
  );
  await ensure(
    client,
    {
      id: `audit/${office.id}`,
      workflowType: 'audit',
      summary: 'Connections that stand still, or lean on nobody',
    },
    { intervals: [{ every: '1 hour' }] },
  );
  // Whoever changed the office file started us, and wants to hear now what does not take effect.
  await client.schedule.getHandle(`audit/${office.id}`).trigger(ScheduleOverlapPolicy.SKIP);
}

async function ensure(
  client: Client,
  { id, workflowType, summary }: { id: string; workflowType: string; summary: string },
  spec: ScheduleSpec,
): Promise<void> {
  const what = { workflowType, workflowId: id, staticSummary: summary };
  const action = { type: 'startWorkflow', ...what, taskQueue, args: [] } as const;
  // What was missed while Temporal was down is not made up for: an old digest is no news.
  const policies = { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '10 minutes' } as const;
  try {
    await client.schedule.create({ scheduleId: id, spec, action, policies });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await client.schedule.getHandle(id).update((known) => ({ ...known, spec, action, policies }));
  }
}
