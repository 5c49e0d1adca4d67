import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Keeps to what Slack takes: about one message a second and channel, short bursts tolerated
 * (docs.slack.dev/apis/web-api/rate-limits). Who waits longer than is worth it goes on, and hears of the limit from Slack.
 */
export function createPace({ everyMs = 1_000, burst = 2, patienceMs = 2_000 } = {}) {
  /** When the next message to a channel is free to go, in milliseconds since 1970. */
  const freeAt = new Map<string, number>();

  return {
    /** Resolves when a message may be posted there. */
    async turn(channel: string): Promise<void> {
      const now = Date.now();
      const free = Math.max(freeAt.get(channel) ?? 0, now - burst * everyMs);
      freeAt.set(channel, Math.min(free, now + patienceMs) + everyMs); // nobody waited for more than that
      if (freeAt.size > 1_000) forgetPast(now);
      const wait = free - now;
      if (wait > 0) await sleep(Math.min(wait, patienceMs));
    },
  };

  function forgetPast(now: number): void {
    for (const [channel, at] of freeAt) if (at < now - burst * everyMs) freeAt.delete(channel);
  }
}
