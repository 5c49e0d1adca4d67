import { publishedPatienceMs } from '../patience.ts';

/**
 * The trigger ids that were handed out. Each opens one modal within three seconds
 * (https://docs.slack.dev/interactivity/handling-user-interaction). The codes are those of the pages of
 * views.open and views.push; a guide names them the other way round (`trigger_expired`).
 */
export interface Triggers {
  handOut(id: string): void;
  /** @returns why it may not be used, or null; a used one is told with {@link Triggers.used} */
  refused(id: unknown): 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id' | null;
  used(id: unknown): void;
  expireAll(): void;
  /** For how long those may be used that are handed out from now on. */
  patienceMs: number;
}

export function createTriggers(now: () => number = Date.now): Triggers {
  const known = new Map<string, { until: number; used: boolean }>();
  const triggers: Triggers = {
    patienceMs: publishedPatienceMs,
    handOut(id) {
      for (const [old, { until }] of known) if (until < now() - 3_600_000) known.delete(old);
      known.set(id, { until: now() + triggers.patienceMs, used: false });
    },
    refused(id) {
      const trigger = known.get(String(id));
      if (!trigger) return 'invalid_trigger_id';
      if (trigger.used) return 'exchanged_trigger_id';
      return now() > trigger.until ? 'expired_trigger_id' : null;
    },
    used(id) {
      const trigger = known.get(String(id));
      if (trigger) trigger.used = true;
    },
    expireAll() {
      for (const trigger of known.values()) trigger.until = -Infinity;
    },
  };
  return triggers;
}
