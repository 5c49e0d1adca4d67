/**
 * What a package lets us ask is counted once for all workers and processes, so that two of them do not each use up the
 * whole of it. An adapter knows the rules of its package; this port only counts.
 */
export interface CallBudget {
  /**
   * Takes one call out of every window. Up to `atOnce` are set aside for this process, so that not every call costs a
   * write; what was set aside and not used is given back.
   * @returns null, or, when there is none left and nothing was taken, which window is used up and when it ends
   */
  take(allowance: Allowance, atOnce?: number): Promise<UsedUp | null>;
  /** What the package itself says of its windows counts for more than our own count. Nonsense is left out. */
  learn(allowance: Allowance, told: Record<string, Told>): Promise<void>;
  /** Adds one to what must not happen too often. */
  count(mishaps: Mishaps): Promise<void>;
  /** @returns the moment from which one more would be bearable, or null when that is now */
  tooMany(mishaps: Mishaps): Promise<Date | null>;
}

export interface Allowance {
  /** Whose, and of what: `exact-online/<app>/company/<division>`. */
  key: string;
  /** By a name for people: "minute", "day". */
  windows: Record<string, AllowedWindow>;
}

/** So many in each stretch of time; stretches begin as those of the clock do (UTC minutes, hours, days). */
export interface AllowedWindow {
  /** Until the package says something else. */
  limit: number;
  ms: number;
}

export interface Told {
  /** Null when it did not say; then the limit stays as it is. */
  limit: number | null;
  remaining: number;
  /** Null when it did not say; then the stretch ends as that of our clock does. */
  resetsAt: Date | null;
}

export interface UsedUp {
  window: string;
  until: Date;
}

/** So many, at most, in any stretch of this length: a sliding window, unlike those of an allowance. */
export interface Mishaps {
  key: string;
  most: number;
  withinMs: number;
}
