import { expect, test } from '@jest/globals';
import { ensureSchedules } from '../schedules.ts';
import { readDemoOffice } from '../start/demo-office.ts';
import { quietRuntime, realTime } from './workflows/servers.ts';

test('the morning digest and the audit are scheduled once, whoever starts, as the office file says now', async () => {
  quietRuntime();
  const env = await realTime();
  try {
    const office = readDemoOffice();
    await ensureSchedules(env.client, office);
    const hours = { days: ['mon', 'tue'] as ('mon' | 'tue')[], from: '09:15', to: '17:00' };
    await ensureSchedules(env.client, { ...office, hours });
    const { spec, action } = await env.client.schedule.getHandle('digest/demo').describe();
    expect(spec.timezone).toBe('Europe/Amsterdam');
    expect(spec.calendars).toMatchObject([
      {
        hour: [{ start: 9 }],
        minute: [{ start: 15 }],
        dayOfWeek: [{ start: 'MONDAY' }, { start: 'TUESDAY' }],
      },
    ]);
    expect(action).toMatchObject({ workflowType: 'morningDigest' });
    expect((await env.client.schedule.getHandle('audit/demo').describe()).action).toMatchObject({
      workflowType: 'audit',
    });
  } finally {
    await env.teardown();
  }
});
