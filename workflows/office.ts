import { remember, tell } from './steps.ts';

/** Started by a schedule, each working morning when the office opens. */
export async function morningDigest(): Promise<void> {
  await tell('Say what is stale and what waits').tellDigest();
}

/** Started by a schedule, every hour: a connection that stands still is not found by itself. */
export async function audit(): Promise<void> {
  await remember('Look for connections that should have moved').audit();
}
