import type { Client } from '@temporalio/client';
import { recipientId, type Delivery } from '../domain/deliveries.ts';
import * as contract from '../workflows/contract.ts';
import { searchAttributes } from '../workflows/search-attributes.ts';

/** Begins the workflow that says something until Slack takes it; one that is under way, or just ending, looks once more. */
export function createBeginDelivery(deps: { client: Client; officeId: string }) {
  return async ({ key, to, announcement }: Delivery): Promise<void> => {
    const whom = 'channel' in to ? `channel ${recipientId(to)}` : `person ${recipientId(to)}`;
    const input: contract.DeliverInput = { key, whom, what: announcement.what };
    await deps.client.workflow.signalWithStart('deliver', {
      workflowId: contract.workflowIds.deliver(key),
      taskQueue: contract.taskQueue,
      signal: contract.again,
      signalArgs: [],
      staticSummary: `Slack did not take “${announcement.what}” for ${whom}`,
      typedSearchAttributes: [{ key: searchAttributes.office, value: deps.officeId }],
      args: [input],
    });
  };
}
