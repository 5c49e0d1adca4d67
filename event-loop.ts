import type { Logger } from './logger.ts';

/** A pause that people notice, and that no garbage collection takes. */
const long = 2_000;

/**
 * Logs when this process stood still: one slow piece of work holds up everything it does, for every office, and nothing
 * else tells. The monotonic clock is asked, so that a corrected clock is no pause.
 *
 * @returns what ends the watch
 */
export function watchEventLoop(
  logger: Pick<Logger, 'warn'>,
  { longMs = long, everyMs = 500 }: { longMs?: number; everyMs?: number } = {},
): () => void {
  let last = performance.now();
  const timer = setInterval(() => {
    const stoodStillMs = Math.round(performance.now() - last - everyMs);
    last = performance.now();
    if (stoodStillMs >= longMs)
      logger.warn(
        { stoodStillMs },
        'this process stood still: nobody was answered and nothing was done meanwhile',
      );
  }, everyMs).unref();
  return () => clearInterval(timer);
}
