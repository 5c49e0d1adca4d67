import { workflowInfo } from '@temporalio/workflow';
import type { Moment } from '../domain/master-data.ts';

/**
 * The clock of the workflows, and the only one: the moment in which what happens now was begun to be worked on. It may
 * be asked where that moment stands in the history: by the main function after it woke, which has something done or sets
 * a timer then, and by the handler of an update, which stands there because it was accepted.
 *
 * Never by a predicate of `condition`, a validator, a query, or the handler of a signal. What they lead to may stand
 * nowhere, so it would come out otherwise when the history is read again (lint refuses most of it): they go by what is
 * known, and a signal brings along when it was sent.
 */
export const nowMs = (): number => Math.max(Date.now(), cameAt);

/** Of this workflow: each has modules of its own. */
let cameAt = 0;

/**
 * A timer went off, so this moment (milliseconds since 1970) has come, whatever the clock says. Somebody who looks at the
 * workflow in Temporal UI asks it something; after a worker died that may reach the next one before the task that the timer
 * has caused, and the SDK shows the clock of the task before.
 */
export function hasCome(at: number): void {
  cameAt = Math.max(cameAt, at);
}

export const now = (): Moment => iso(nowMs());

/** When this run of the workflow began, as it stands in the history; in milliseconds since 1970. */
export const beganAt = (): number => workflowInfo().runStartTime.getTime();

export const iso = (time: number): Moment => new Date(time).toISOString();
