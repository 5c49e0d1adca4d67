import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import { taskQueue } from './workflows/contract.ts';

/** Two installations in one namespace would do each other's work, each in its own database. */
export class NamespaceTakenError extends Error {
  override name = 'NamespaceTakenError';
}

/** It never runs: Temporal has no other place where a namespace can note whose it is. */
const scheduleId = 'installation';

/**
 * The namespace belongs to whichever installation came first.
 * @throws NamespaceTakenError when that is another one
 */
export async function claimNamespace(client: Client, installation: string): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId,
      spec: { intervals: [{ every: '365 days' }] },
      action: {
        type: 'startWorkflow',
        workflowType: 'audit',
        workflowId: 'installation',
        taskQueue,
        args: [],
      },
      policies: { overlap: ScheduleOverlapPolicy.SKIP },
      state: { paused: true, note: 'Says whose namespace this is; it never runs.' },
      memo: { installation },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const { memo } = await client.schedule.getHandle(scheduleId).describe();
    if (memo?.['installation'] === installation) return;
    throw new NamespaceTakenError(
      `the namespace ${client.options.namespace} of Temporal belongs to another installation of Syncuser, with another database. Give this one a namespace of its own (TEMPORAL_NAMESPACE); or, if that database is gone for good, first end its workflows and delete the schedule "${scheduleId}"`,
    );
  }
}
