import { WorkflowExecutionAlreadyStartedError, type WorkflowResultType } from '@temporalio/common';
import {
  getExternalWorkflowHandle,
  sleep,
  type ChildWorkflowHandle,
  type ExternalWorkflowHandle,
  type Workflow,
} from '@temporalio/workflow';

/** Whoever can be told something. */
export type Reachable = Pick<ExternalWorkflowHandle, 'workflowId' | 'signal'>;

/**
 * A child workflow that runs beside the connection's main loop, at most one at a time. What it brings is kept until the
 * loop takes it; one that an operator ended brings nothing, and the loop decides anew.
 */
export class Errand<Child extends Workflow> {
  /** The child that is under way, or null. */
  handle: Reachable | null = null;
  result: WorkflowResultType<Child> | null = null;

  async begin(start: () => Promise<ChildWorkflowHandle<Child>>): Promise<void> {
    const child = await afterFormerOne(start);
    this.handle = child;
    void child.result().then(
      (result) => this.ended(child.workflowId, result),
      () => this.ended(child.workflowId, null),
    );
  }

  /** Takes up again what was begun before a fresh history; its end is not seen from here, so it reports it (`ended`). */
  adopt(workflowId: string): void {
    this.handle = getExternalWorkflowHandle(workflowId);
  }

  take(): WorkflowResultType<Child> | null {
    const { result } = this;
    this.result = null;
    return result;
  }

  /** It cannot be told anything, so it is over. Of a child of this history the end is seen by itself. */
  lost(handle: Reachable): void {
    if (!('result' in handle)) this.ended(handle.workflowId, null);
  }

  /** What is told twice, or of one that was taken already, changes nothing. */
  ended(workflowId: string, result: WorkflowResultType<Child> | null): void {
    if (this.handle?.workflowId !== workflowId) return;
    this.handle = null;
    this.result = result;
  }
}

/** When an operator resets a connection, the child of its former run may still be there for a moment. */
async function afterFormerOne<Handle>(start: () => Promise<Handle>): Promise<Handle> {
  for (;;) {
    try {
      return await start();
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      await sleep('5 seconds');
    }
  }
}
