import type { Waits } from '../workflows/contract.ts';

const minute = 60_000;
const hour = 60 * minute;

/** How long a connection waits for what, when an office set nothing else; `syncInterval` in milliseconds. */
export function defaultWaits(syncInterval: number): Waits {
  return {
    syncInterval,
    retryDelayed: Math.min(syncInterval, 2 * minute),
    reminders: [15 * minute, hour, 4 * hour, 24 * hour],
    invitationLapses: 7 * 24 * hour,
  };
}
