import { WorkflowExecutionAlreadyStartedError, type WorkflowResultType } from '@temporalio/common';
import {
  getExternalWorkflowHandle,
  sleep,
  type ChildWorkflowHandle,
  type ExternalWorkflowHandle,
  type Workflow,
} from '@temporalio/workflow';
import { nowMs } from './clock.ts';
import { adopted } from './contract.ts';
import type { ChildSlotMemory } from './inputs.ts';
import { remember } from './steps.ts';

/** Whoever can be told something. */
export type Reachable = Pick<ExternalWorkflowHandle, 'workflowId' | 'signal'>;

/** From one look at an adopted child to the next; in milliseconds. */
const betweenLooks = 10 * 60_000;

/**
 * A child workflow that runs beside the connection's main loop, at most one at a time. What it brings is kept until the
 * loop takes it; one that failed, or that an operator ended, brings nothing, and the loop decides anew.
 *
 * A child goes on when the connection begins a fresh history, which adopts it: from then on it says itself how it ends
 * (`asChild`), and Temporal is asked now and then whether it still runs, for one that is terminated says nothing.
 */
export class ChildSlot<Child extends Workflow, About = null> {
  /** The child that is under way, or null. */
  handle: Reachable | null = null;
  /** How the last one ended, until it is taken; its result is null when it brought nothing. */
  brought: { result: WorkflowResultType<Child> | null } | null = null;
  /** What only whoever sent it knows, for the case that it never comes back. */
  about: About | null = null;
  /** When it is looked at, in milliseconds since 1970; null: its end is seen by itself. */
  private looksAt: number | null = null;

  constructor(memory?: ChildSlotMemory<WorkflowResultType<Child>, About>) {
    if (!memory) return;
    this.brought = memory.brought;
    this.about = memory.about;
    if (memory.workflowId !== null) this.adopt(memory.workflowId);
  }

  get memory(): ChildSlotMemory<WorkflowResultType<Child>, About> {
    return { workflowId: this.handle?.workflowId ?? null, brought: this.brought, about: this.about };
  }

  get result(): WorkflowResultType<Child> | null {
    return this.brought?.result ?? null;
  }

  async begin(start: () => Promise<ChildWorkflowHandle<Child>>, about: About | null = null): Promise<void> {
    const child = await afterFormerOne(start);
    this.about = about;
    if (typeof child === 'string') return this.adopt(child);
    this.handle = child;
    void child.result().then(
      (result) => this.ended(child, result),
      () => this.ended(child, null),
    );
  }

  take(): WorkflowResultType<Child> | null {
    const { result } = this;
    this.brought = null;
    return result;
  }

  /** The child under way could not be told anything. Of one of this history the end is seen by itself; else it is looked at. */
  lost(child: Reachable): void {
    if (this.handle === child && this.looksAt !== null) this.looksAt = 0;
  }

  /** What is told twice, or of a child that was taken already, changes nothing. */
  ended(child: Pick<Reachable, 'workflowId'>, result: WorkflowResultType<Child> | null): void {
    const isIt = 'signal' in child ? this.handle === child : this.handle?.workflowId === child.workflowId;
    if (!isIt) return;
    this.handle = null;
    this.looksAt = null;
    this.brought = { result };
  }

  /** Milliseconds from this moment until it is looked at; null when there is no need. */
  untilLook(at: number): number | null {
    return this.handle && this.looksAt !== null ? Math.max(0, this.looksAt - at) : null;
  }

  /** Asks Temporal whether it still runs, and otherwise what it brought. */
  async look(): Promise<void> {
    const child = this.handle;
    if (!child) return;
    this.looksAt = nowMs() + betweenLooks;
    const { workflowId } = child;
    const { end } = await remember(`See whether ${workflowId} still runs`).lookAtWorkflow({ workflowId });
    if (end) this.ended(child, end.result as WorkflowResultType<Child> | null);
  }

  private adopt(workflowId: string): void {
    const child = getExternalWorkflowHandle(workflowId);
    this.handle = child;
    this.looksAt = 0;
    void child.signal(adopted).catch(() => this.lost(child));
  }
}

/** How often a child is tried to be started while one of the same id is there still. */
const tries = 12;

/**
 * A child that said how it ends may be there for another moment, and so may that of a connection that an operator reset:
 * one that stays is the one that is wanted, and its id is given.
 */
async function afterFormerOne<Handle>(start: () => Promise<Handle>): Promise<Handle | string> {
  for (let left = tries; ; left -= 1) {
    try {
      return await start();
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      if (left === 0) return error.workflowId;
      await sleep('5 seconds', { summary: `until ${error.workflowId} has ended` });
    }
  }
}
