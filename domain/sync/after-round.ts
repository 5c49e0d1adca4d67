import { afterStop } from './after-stop.ts';
import type { ConnectionState } from '../connection.ts';
import type { Moment } from '../master-data.ts';
import { nextStart, phaseOf, type Stop } from './rounds.ts';
import type { GrantId } from '../ids.ts';

/** What a round says of itself when it ends. */
export interface RoundEnd {
  /** The grant it worked with. */
  grantId: GrantId;
  /** False when it only brought in what somebody requested. */
  planned: boolean;
  stop: Stop | null;
  /** How many lists came in; that a round ended without any is no success. */
  read: number;
  /** When the first of the companies and kinds that have to wait for their own limit may be asked again, or null. */
  postponed: Moment | null;
}

/**
 * What changes when a round ends at `now`: the link when its login is broken, the health when the package is down, and
 * when the next one is due. `ended` is null when the round was taken away and told nothing. All times in milliseconds.
 */
export function afterRound(
  state: ConnectionState,
  ended: RoundEnd | null,
  now: number,
  waits: { syncInterval: number; retryDelayed: number },
): Partial<ConnectionState> {
  const over = { syncingSince: null };
  if (ended?.stop) {
    const use = { grantId: ended.grantId, begunAt: state.syncingSince };
    return { ...over, ...afterStop(state, ended.stop, use, now, waits) };
  }
  const planned = nextStart(now, waits.syncInterval, phaseOf(state.id, waits.syncInterval));
  const postponed = ended?.postponed
    ? Math.max(Date.parse(ended.postponed), now + waits.retryDelayed)
    : Infinity;
  const nextSyncAt = askedMeanwhile(state) ? state.nextSyncAt : iso(Math.min(planned, postponed));
  if (!ended) return { ...over, nextSyncAt };
  const success = ended.planned && ended.read > 0 ? { lastSuccessAt: iso(now) } : {};
  return { ...over, ...success, health: { state: 'ok' }, nextSyncAt };
}

/**
 * Somebody linked more companies or said "sync now" while the round ran, which may have gone past what they mean; or it
 * was no planned round, which leaves the time of the next one as it is.
 */
function askedMeanwhile({ nextSyncAt, syncingSince }: ConnectionState): boolean {
  return nextSyncAt !== null && syncingSince !== null && nextSyncAt > syncingSince;
}

const iso = (time: number): string => new Date(time).toISOString();
