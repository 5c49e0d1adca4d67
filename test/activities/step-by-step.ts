import type { Speaker } from '../../domain/deliveries.ts';
import type { Store } from '../../store/index.ts';

/** The same store and speaker; `before` each call of one of them something may happen to the process. */
export function stepByStep<P extends { store: Store; speaker: Speaker }>(
  { store, speaker }: P,
  before: () => void,
): { store: Store; speaker: Speaker } {
  const watched =
    (call: (...args: unknown[]) => unknown) =>
    async (...args: unknown[]) => {
      before();
      return call(...args);
    };
  const watchedPart = <T extends object>(part: T): T => {
    const calls = Object.entries(part).filter(([, call]) => typeof call === 'function');
    return Object.fromEntries(
      calls.map(([name, call]) => [
        name,
        name === 'vault' ? (call as unknown) : watched(call as () => unknown),
      ]),
    ) as T;
  };
  const parts = Object.entries(store).map(([name, part]) => [name, watchedPart(part as object)]);
  return { store: Object.fromEntries(parts) as Store, speaker: watchedPart(speaker) };
}
