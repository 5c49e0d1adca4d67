/**
 * Work that says how something stands, at most one at a time per key and not more often than the pause allows. What is
 * wanted while one is under way and another waits for its turn is done by the one that waits: it has not looked yet.
 */
export function createKeyedQueue(work: (key: number) => Promise<void>, pauseMs: number) {
  const last = new Map<number, Promise<unknown>>();
  const waiting = new Map<number, Promise<void>>();

  return {
    /** Somebody waits for a turn, which will tell of everything that is so by now. */
    isWaiting: (key: number): boolean => waiting.has(key),
    take(key: number): Promise<void> {
      const known = waiting.get(key);
      if (known) return known;
      const turn = (last.get(key) ?? Promise.resolve()).then(() => {
        waiting.delete(key);
        return work(key);
      });
      const over = turn
        .catch(() => undefined)
        .then(() => new Promise((resolve) => setTimeout(resolve, pauseMs).unref()))
        .then(() => {
          if (last.get(key) === over) last.delete(key);
        });
      waiting.set(key, turn);
      last.set(key, over);
      return turn;
    },
  };
}
