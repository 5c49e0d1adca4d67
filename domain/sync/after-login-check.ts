import { afterStop } from './after-stop.ts';
import { maySync, type ConnectionState } from '../connection.ts';
import type { Moment } from '../master-data.ts';
import type { Stop } from './rounds.ts';
import type { GrantId } from '../ids.ts';

/** What a look at the login in use found; `stop` is null when it works. */
export interface Looked {
  grantId: GrantId;
  stop: Stop | null;
}

/**
 * What changes after a look that began at `begunAt` and ended at `now` (milliseconds): the same as after a round that was
 * stopped by it. That a login works does not end a delay or a doubt, for the round after it does; only where no round comes.
 */
export function afterLoginCheck(
  state: ConnectionState,
  { grantId, stop }: Looked,
  begunAt: Moment,
  now: number,
  waits: { retryDelayed: number },
): Partial<ConnectionState> {
  if (state.link.state !== 'connected') return {};
  if (stop) return afterStop(state, stop, { grantId, begunAt }, now, waits);
  return state.health.state !== 'ok' && !maySync(state) ? { health: { state: 'ok' } } : {};
}
