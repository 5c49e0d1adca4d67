import { z } from 'zod';
import type { AllowedWindow, Told, UsedUp } from '../../accounting/budget.ts';

/**
 * One stretch of time: how many calls it allows, and how many were set aside by all processes. Times in ms. `isTold`: the
 * package said that it ends at another time than with the minute or the day of UTC, as we take it to.
 */
const callWindowSchema = z.object({
  endsAt: z.number(),
  allowed: z.number(),
  used: z.number(),
  isTold: z.boolean().default(false),
});

export const callWindowsSchema = z.record(z.string(), callWindowSchema);
export type CallWindows = z.infer<typeof callWindowsSchema>;

/** The windows under way now; one that has ended begins anew and keeps the limit that the package told. */
export function current(
  known: CallWindows,
  allowed: Record<string, AllowedWindow>,
  now: number,
): CallWindows {
  return mapValues(allowed, ({ limit, ms }, name) => {
    const before = known[name];
    if (before && before.endsAt > now) return before;
    return {
      endsAt: (Math.floor(now / ms) + 1) * ms,
      allowed: before?.allowed ?? limit,
      used: 0,
      isTold: false,
    };
  });
}

/** Gives back what a process had set aside and not used, in the windows that are still the same. */
export function giveBack(windows: CallWindows, unspent: number, of: CallWindows): CallWindows {
  return mapValues(windows, (window, name) =>
    window.endsAt === of[name]?.endsAt ? { ...window, used: Math.max(0, window.used - unspent) } : window,
  );
}

/** Sets calls aside: as many as all windows still have, and `atOnce` at most. */
export function setAside(windows: CallWindows, atOnce: number): { windows: CallWindows; taken: number } {
  const left = Object.values(windows).map(({ allowed, used }) => allowed - used);
  const taken = Math.max(0, Math.min(atOnce, ...left));
  return { windows: mapValues(windows, (window) => ({ ...window, used: window.used + taken })), taken };
}

/** The window that has nothing left for the longest time. */
export function usedUp(windows: CallWindows): UsedUp | null {
  const [longest] = Object.entries(windows)
    .filter(([, { allowed, used }]) => used >= allowed)
    .sort(([, one], [, other]) => other.endsAt - one.endsAt);
  return longest ? { window: longest[0], until: new Date(longest[1].endsAt) } : null;
}

/** What the windows are after the package spoke; `unspent` calls were set aside and are not in its count. */
export function told(
  windows: CallWindows,
  said: Record<string, Told>,
  context: { allowed: Record<string, AllowedWindow>; unspent: number; now: number },
): CallWindows {
  return mapValues(windows, (window, name) => {
    const [word, rule] = [said[name], context.allowed[name]];
    if (!word || !rule || !isSensible(word)) return window;
    const allowed = word.limit ?? window.allowed;
    const used = Math.max(0, allowed - word.remaining + context.unspent);
    const end = endOf(word, rule, context.now);
    const endsAt = end ?? window.endsAt;
    const isTold = window.isTold || endsAt !== window.endsAt;
    // An answer about a stretch before the one we were told of still tells the limit, and nothing else.
    if (window.isTold && endsAt < window.endsAt) return { ...window, allowed };
    return { endsAt, allowed, used: endsAt > window.endsAt ? used : Math.max(window.used, used), isTold };
  });
}

function isSensible({ limit, remaining }: Told): boolean {
  const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0 && value <= 1e9;
  return isCount(remaining) && (limit === null || (isCount(limit) && limit > 0 && remaining <= limit));
}

/** Clocks differ, so a stretch may end a little past its length; further away, or in the past, it is no end. */
function endOf({ resetsAt }: Told, { ms }: AllowedWindow, now: number): number | null {
  const end = resetsAt?.getTime() ?? NaN;
  return end > now && end <= now + 2 * ms ? end : null;
}

function mapValues<A, B>(
  values: Record<string, A>,
  change: (value: A, name: string) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value, name)]));
}
