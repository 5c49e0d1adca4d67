import { untilNextLook } from '../causes.ts';
import type { ConnectionState } from '../connection.ts';
import type { Moment } from '../master-data.ts';
import type { Stop } from './rounds.ts';
import type { GrantId } from '../ids.ts';

/** Whoever used a login: a round, or a look at it. */
export interface LoginUse {
  /** The grant it worked with. */
  grantId: GrantId | undefined;
  /** Null when nobody knows. */
  begunAt: Moment | null;
}

/**
 * What changes when the use of a login was stopped at `now` (milliseconds): the link when the login is broken, the health
 * when the package is down or limits us, or its answer is doubted, and when the next round is due.
 */
export function afterStop(
  state: ConnectionState,
  stop: Stop,
  use: LoginUse,
  now: number,
  { retryDelayed }: { retryDelayed: number },
): Partial<ConnectionState> {
  if (stop.kind === 'broken') {
    if (isOfFormerLogin(state, use)) return {};
    const link = { state: 'disconnected', since: iso(now), cause: stop.cause } as const;
    return { link, health: { state: 'ok' }, nextSyncAt: null };
  }
  if (stop.kind === 'doubtful') {
    if (isOfFormerLogin(state, use)) return {};
    const since = state.health.state === 'doubtful' ? state.health.since : iso(now);
    const until = iso(now + untilNextLook(now - Date.parse(since)));
    return { health: { state: 'doubtful', since, until }, nextSyncAt: until };
  }
  const since = state.health.state === 'delayed' ? state.health.since : iso(now);
  // An end that has passed is none: clocks differ, and a package that limits us must not be knocked at all the time.
  const until = stop.until !== null && Date.parse(stop.until) > now ? stop.until : null;
  return {
    health: { state: 'delayed', reason: stop.reason, since, until },
    nextSyncAt: until ?? iso(now + retryDelayed),
  };
}

/** A login that was replaced meanwhile says nothing about the one in use now, which is tried at once. */
function isOfFormerLogin({ link, login }: ConnectionState, { grantId, begunAt }: LoginUse): boolean {
  return grantId !== login?.grantId || (begunAt !== null && link.since > begunAt);
}

const iso = (time: number): string => new Date(time).toISOString();
