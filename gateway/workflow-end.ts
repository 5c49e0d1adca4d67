import { WorkflowFailedError, WorkflowNotFoundError, type Client } from '@temporalio/client';

/**
 * How the newest workflow with this id ended: with what it brought, or with null when it failed, was ended, or is not
 * known any more. Null while it runs, so only when Temporal says so does something count as ended.
 */
export async function endOf({ workflow }: Client, workflowId: string): Promise<{ result: unknown } | null> {
  try {
    const handle = workflow.getHandle(workflowId);
    const { status } = await handle.describe();
    if (status.name === 'RUNNING') return null;
    return { result: status.name === 'COMPLETED' ? await handle.result() : null };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || error instanceof WorkflowFailedError)
      return { result: null };
    throw error;
  }
}
