import type { Moment } from '../../domain/master-data.ts';
import type { SyncPosition } from '../../store/sync-positions.ts';

/**
 * How old the master data of one company is at most; null while its GL accounts have never come in, because nothing
 * can be booked without them. A kind that never came in (no right, no such module) does not count.
 */
export function lastComplete(positions: readonly SyncPosition[]): Moment | null {
  if (!positions.some(({ kind, lastSuccessAt }) => kind === 'gl-account' && lastSuccessAt)) return null;
  const times = positions.map(({ lastSuccessAt }) => lastSuccessAt).filter((at) => at !== null);
  return times.toSorted()[0] ?? null;
}
