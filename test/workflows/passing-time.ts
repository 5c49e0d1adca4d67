import { setTimeout as sleep } from 'node:timers/promises';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { readerOfRuns, whatIsUnderWay } from './runs.ts';

/** The server that skips time is helped when no time went by for so long, in milliseconds. */
const untilHelped = 5_000;

/** A connection, from its first history on. */
export interface Watched {
  env: TestWorkflowEnvironment;
  workflowId: string;
  firstRunId: string;
}

/**
 * Lets time go by, in milliseconds: everything due in it happens. The server that skips time stands still while a child
 * begins or ends. When the parent's history ends in that moment, as with a fresh one, it never hears of it and skips no
 * time ever again: we say it in its place, when nothing is under way but what `isStuck`.
 */
export async function passTime(
  watched: Watched,
  ms: number,
  isStuck: (activity: string) => boolean = () => false,
): Promise<void> {
  const { env } = watched;
  const passes = env.sleep(ms).then(() => true);
  passes.catch(() => undefined);
  if (!env.supportsTimeSkipping) return void (await passes);
  const read = readerOfRuns(watched);
  let [seen, seenAt] = [await env.currentTimeMs(), Date.now()];
  while (!(await Promise.race([passes, sleep(200, false)]))) {
    if (Date.now() - seenAt < untilHelped) continue;
    const now = await env.currentTimeMs();
    // It goes on by itself as fast as a clock does while somebody is awaited.
    const standsStill = now - seen < 2 * (Date.now() - seenAt);
    [seen, seenAt] = [now, Date.now()];
    if (!standsStill) continue;
    const runs = await read();
    if (runs.some((run) => whatIsUnderWay(run, runs, isStuck).length > 0)) continue;
    await env.connection.testService?.unlockTimeSkipping({});
  }
}
