import { workflowInfo } from '@temporalio/workflow';

/**
 * After a worker died every workflow is read anew from its history, about a millisecond an event, and all of them by one
 * thread: a long one takes longer than a task may, and many of them keep an alarm waiting. An update leaves two events, so
 * the 2,000 updates that Temporal takes in one history are never reached.
 */
const mostEvents = 300;
/** What is to be said is waited for until then, and no longer. */
const mostEventsByFar = 2 * mostEvents;

/** Whether it is time for a fresh one. Asked where the clock may be asked by a main function (clock.ts), and nowhere else. */
export function historyIsLong(): boolean {
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  return continueAsNewSuggested || historyLength >= mostEvents;
}

/** Whether a fresh history waits for nothing any more but for people who are being answered. */
export function historyIsFarTooLong(): boolean {
  return workflowInfo().historyLength >= mostEventsByFar;
}
