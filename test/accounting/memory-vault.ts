import type { Credential, GrantVault, StoredCredential } from '../../accounting/port.ts';

export interface MemoryVault extends GrantVault {
  /** What a process that renewed the grant by itself would leave behind. */
  put(credential: Credential): void;
  readonly generation: number;
}

/** A vault that keeps its word (accounting/port.ts): one renewal at a time, and only of the generation that was seen. */
export function createMemoryVault(credential: Credential, id = 'login'): MemoryVault {
  let stored: StoredCredential = { credential, generation: 1 };
  let lease: Promise<unknown> = Promise.resolve();
  const put = (next: Credential) => {
    stored = { credential: next, generation: stored.generation + 1 };
  };
  return {
    id,
    put,
    get generation() {
      return stored.generation;
    },
    read: async () => stored,
    renew(seen, renew) {
      const renewal = lease.then(async () => {
        if (stored.generation === seen) put(await renew(stored.credential));
        return stored;
      });
      lease = renewal.catch(() => undefined);
      return renewal;
    },
  };
}
