import type { DeliveryStore } from '../store/deliveries.ts';

/** A process that was killed in the middle is missed after so long: an office channel does not wait for it any longer. */
const claimMs = 20_000;
/** Whoever is at it says so all the while, however long Slack takes to answer. */
const prolongEveryMs = 4_000;

/** Nobody else tries it meanwhile. */
export interface Hold {
  /** False when it was lost, because this process stood still for too long. */
  isHeld(): Promise<boolean>;
  letGo(): Promise<void>;
}

/** @returns null when another process is at it */
export async function holdOf(
  store: Pick<DeliveryStore, 'claim' | 'release'>,
  key: string,
): Promise<Hold | null> {
  const claimed = await store.claim(key, claimMs);
  if (claimed === null) return null;
  let latest: Promise<string | null> = Promise.resolve(claimed);
  // One after the other: each prolongs what the one before left. Where the store does not answer, the claim runs on.
  const prolong = () => {
    latest = latest.then((held) => held && store.claim(key, claimMs, held).catch(() => held));
    return latest;
  };
  const beating = setInterval(() => void prolong(), prolongEveryMs).unref();
  return {
    isHeld: async () => (await prolong()) !== null,
    async letGo() {
      clearInterval(beating);
      const held = await latest;
      if (held !== null) await store.release(key, held);
    },
  };
}
