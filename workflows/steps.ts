import { ActivityCancellationType, proxyActivities, type ActivityInterfaceFor } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';

/** A worker that was killed in the middle of short work is missed after so long (activities/signs-of-life.ts). */
const heartbeatTimeout = '10 seconds';

/**
 * The ways a workflow gets something done. The summary is what an operator reads on the timeline in Temporal UI,
 * so it is a sentence in words.
 *
 * @example
 * await remember('Save: connected').saveConnection({ state });
 */
export type Steps = ActivityInterfaceFor<Activities>;

/** Short work on our own store. */
export const remember = (summary: string): Steps =>
  proxyActivities<Activities>({
    summary,
    startToCloseTimeout: '30 seconds',
    heartbeatTimeout,
    retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
  });

/**
 * Something is written down for those who are to be told, and tried once. It takes seconds, whatever Slack does: what it
 * does not take goes on by itself (deliver.ts).
 */
export const tell = (summary: string): Steps =>
  proxyActivities<Activities>({
    summary,
    startToCloseTimeout: '1 minute',
    scheduleToCloseTimeout: '1 day',
    heartbeatTimeout,
    retry: { initialInterval: '2 seconds', maximumInterval: '1 minute' },
  });

/** Tries to say it until Slack takes it; after three days nobody wants to read it any more. */
export const carryOut = (summary: string): Steps =>
  proxyActivities<Activities>({
    summary,
    startToCloseTimeout: '2 minutes',
    scheduleToCloseTimeout: '3 days',
    heartbeatTimeout,
    retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
  });

/** A few calls to the accounting system, while a person waits. A call that is being made ends before it is let go of. */
export const ask = (summary: string): Steps =>
  proxyActivities<Activities>({
    summary,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    startToCloseTimeout: '2 minutes',
    heartbeatTimeout,
    retry: { initialInterval: '2 seconds', maximumInterval: '30 seconds' },
  });

/** Many pages from the accounting system; a dead worker is noticed by the missing heartbeat. */
export const bringIn = (summary: string): Steps =>
  proxyActivities<Activities>({
    summary,
    startToCloseTimeout: '6 hours',
    heartbeatTimeout: '15 seconds',
    retry: { initialInterval: '2 seconds', maximumInterval: '1 minute' },
  });

/** One booking, looked up, entered and read back. It never gives up: what it waits for it answers, and does not throw. */
export const deliver = (summary: string): Steps =>
  proxyActivities<Activities>({
    summary,
    startToCloseTimeout: '5 minutes',
    heartbeatTimeout,
    retry: { initialInterval: '2 seconds', maximumInterval: '1 minute' },
  });

/** Another system is told something; it may be down for a weekend. */
export const notify = (summary: string): Steps =>
  proxyActivities<Activities>({
    summary,
    startToCloseTimeout: '2 minutes',
    scheduleToCloseTimeout: '3 days',
    heartbeatTimeout,
    retry: { initialInterval: '2 seconds', maximumInterval: '10 minutes' },
  });
