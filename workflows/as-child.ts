import {
  CancellationScope,
  ContinueAsNew,
  getExternalWorkflowHandle,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { adopted, childEnded, workflowIds } from './contract.ts';
import type { ConnectionId } from '../domain/ids.ts';

/** Tells the connection what the child brings, before it has ended. */
export type HandOn<Result> = (result: Result) => Promise<void>;

/**
 * Does the work of a child of a connection. The connection may have begun a fresh history since it sent it, and then no
 * longer sees its end: so it is told by its id, also when the work fails. What people wait for is handed on before the
 * last words are said.
 */
export async function asChild<Result>(
  connectionId: ConnectionId,
  work: (handOn: HandOn<Result>) => Promise<Result>,
): Promise<Result> {
  const { workflowId } = workflowInfo();
  const connection = getExternalWorkflowHandle(workflowIds.connection(connectionId));
  let isAdopted = false; // otherwise the connection sees its end by itself
  let isHandedOn = false;
  setHandler(adopted, () => void (isAdopted = true));
  const handOn = async (result: Result | null): Promise<void> => {
    isHandedOn = true;
    // A connection that an operator ended needs no result.
    await connection.signal(childEnded, { workflowId, result }).catch(() => undefined);
  };
  const ended = async (result: Result | null): Promise<void> => {
    if (isAdopted && !isHandedOn) await CancellationScope.nonCancellable(() => handOn(result));
  };
  let result: Result;
  try {
    result = await work(handOn);
  } catch (error) {
    if (!(error instanceof ContinueAsNew)) await ended(null);
    throw error;
  }
  await ended(result);
  return result;
}
