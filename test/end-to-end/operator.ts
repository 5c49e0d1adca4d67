import { Client, Connection, type WorkflowExecutionInfo } from '@temporalio/client';
import { workflowIds } from '../../workflows/contract.ts';

/** Somebody who looks after the workflows, with what Temporal UI shows. */
export interface Operator {
  workflows(): Promise<WorkflowExecutionInfo[]>;
  /** What the connection says about itself at the moment, in words. */
  currentDetails(connectionId: string): Promise<string>;
  /** The whole history of a workflow, as the server keeps it. */
  history(workflow: WorkflowExecutionInfo): Promise<unknown>;
  close(): Promise<void>;
}

export async function openOperator(address: string): Promise<Operator> {
  const connection = await Connection.connect({ address });
  const { workflow } = new Client({ connection });
  return {
    async workflows() {
      const found: WorkflowExecutionInfo[] = [];
      for await (const one of workflow.list()) found.push(one);
      return found;
    },
    async currentDetails(connectionId) {
      const handle = workflow.getHandle(workflowIds.connection(connectionId));
      const { currentDetails } = await handle.query<{ currentDetails?: string }>(
        '__temporal_workflow_metadata',
      );
      return currentDetails ?? '';
    },
    history: ({ workflowId, runId }) => workflow.getHandle(workflowId, runId).fetchHistory(),
    close: () => connection.close(),
  };
}
