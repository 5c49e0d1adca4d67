import { Context } from '@temporalio/activity';

const beatMs = 5_000;

/**
 * Does long work and tells Temporal all the while that this process is alive: one answer of a package may take longer than
 * Temporal waits for a sign of life. `at` says how far the work is.
 *
 * @example
 * await withHeartbeats(async (at) => { at({ companyId, kind }); await read(); });
 */
export async function withHeartbeats<T>(work: (at: (place: unknown) => void) => Promise<T>): Promise<T> {
  const context = Context.current();
  let latest: unknown;
  const at = (place: unknown) => {
    latest = place;
    context.heartbeat(place);
  };
  at(null);
  const beating = setInterval(() => context.heartbeat(latest), beatMs);
  try {
    return await work(at);
  } finally {
    clearInterval(beating);
  }
}
