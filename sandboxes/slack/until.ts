import { setTimeout as sleep } from 'node:timers/promises';

/** How long a test waits for what must happen, unless it says otherwise. It is a limit, not an expectation. */
const patience = 120_000;

/**
 * Waits until there is something to see; how long is not the point.
 * @throws Error with `what`, when it never comes
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined> | T | undefined,
  patienceMs = patience,
): Promise<T> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`Waited in vain for ${what}`);
    await sleep(50);
  }
}

/** Looks again and again until the expectations hold; what they said last is the failure. */
export async function eventually(check: () => unknown, patienceMs = patience): Promise<void> {
  let last: unknown;
  await until(
    'expectations to hold',
    async () => {
      try {
        await check();
        return true;
      } catch (error) {
        last = error;
        return undefined;
      }
    },
    patienceMs,
  ).catch(() => {
    throw last;
  });
}
