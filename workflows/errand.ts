import { WorkflowExecutionAlreadyStartedError, type WorkflowResultType } from '@temporalio/common';
import { sleep, type ChildWorkflowHandle, type Workflow } from '@temporalio/workflow';

/**
 * A child workflow that runs beside the connection's main loop, at most one at a time. What it brings is kept until the
 * loop takes it; one that an operator ended brings nothing, and the loop decides anew.
 */
export class Errand<Child extends Workflow> {
  /** The child that is under way, or null. */
  handle: ChildWorkflowHandle<Child> | null = null;
  result: WorkflowResultType<Child> | null = null;

  async begin(start: () => Promise<ChildWorkflowHandle<Child>>): Promise<void> {
    this.handle = await afterFormerOne(start);
    void this.handle.result().then(
      (result) => this.ended(result),
      () => this.ended(null),
    );
  }

  take(): WorkflowResultType<Child> | null {
    const { result } = this;
    this.result = null;
    return result;
  }

  private ended(result: WorkflowResultType<Child> | null): void {
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
