import type { BookingWaits, Waits } from '../workflows/contract.ts';

const minute = 60_000;
const hour = 60 * minute;

/** How long a connection waits for what, when an office set nothing else; in milliseconds. */
export function defaultWaits({
  syncInterval,
  loginCheckInterval,
}: Pick<Waits, 'syncInterval' | 'loginCheckInterval'>): Waits {
  return {
    syncInterval,
    loginCheckInterval,
    keepAliveInterval: 24 * hour,
    verifyInterval: 24 * hour,
    retryDelayed: Math.min(syncInterval, 2 * minute),
    reminders: [15 * minute, hour, 4 * hour, 24 * hour],
    undoChange: 24 * hour,
    invitationLapses: 7 * 24 * hour,
  };
}

/** Exact Online answers within seconds or not at all; a call is given up after 30. */
export const defaultBookingWaits: BookingWaits = {
  firstLook: 15_000,
  longestLook: 10 * minute,
  settle: 2 * minute,
};
