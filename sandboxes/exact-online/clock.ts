import type { StateStore } from './state.ts';

/** The one clock of the sandbox. It can be moved ahead, so that tokens expire without waiting. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now: () => number;
  advance(seconds: number): void;
}

/** A clock whose shift is part of the kept state, so that a restart does not turn the time back. */
export function createClock(store: StateStore): Clock {
  return {
    now: () => Date.now() + store.state.clockShift,
    advance(seconds) {
      store.change((state) => {
        state.clockShift += seconds * 1000;
      });
    },
  };
}
