import type { Moment } from '../master-data.ts';
import { phaseOf } from './rounds.ts';

const day = 24 * 60 * 60_000;

/** How often everything is listed anew, to find what was deleted without a word, unless an office wants it otherwise. */
export const fullPassEvery = 7 * day;
/** While a human is asked about deletions: what comes back meanwhile answers by itself. */
const whileAskedEvery = day;

/** So many rows are read in a few calls. */
const small = 2_000;

/**
 * How often everything of a company and kind is listed anew, in milliseconds: a small list every day where nothing else
 * shows what was deleted; all others as often as the office wants it.
 */
export function fullPassInterval(
  everyMs: number = fullPassEvery,
  { rows, tellsDeletions }: { rows: number; tellsDeletions: boolean },
): number {
  return !tellsDeletions && rows <= small ? Math.min(day, everyMs) : everyMs;
}

export interface FullPass {
  beganAt: Moment;
  /** When one last came to its end, or null. */
  endedAt: Moment | null;
  /** What proved then that it had seen everything, in words for an operator; null where nothing did. */
  proof: string | null;
  running: boolean;
}

/**
 * Is everything of a company and kind to be listed from the very beginning now? One that is under way just goes on.
 * `requestedAt`: a human wants one that began after this moment. The others are spread over `everyMs` by `id`.
 */
export function fullPassIsDue(
  pass: FullPass,
  {
    id,
    now,
    requestedAt,
    isAsked,
    everyMs,
  }: { id: string; now: number; requestedAt: Moment | null; isAsked: boolean; everyMs: number },
): boolean {
  if (requestedAt !== null && pass.beganAt < requestedAt) return true;
  if (pass.running) return false;
  const age = now - Date.parse(pass.beganAt);
  if (isAsked && age > whileAskedEvery) return true;
  const phase = phaseOf(id, everyMs);
  const lastDue = Math.floor((now - phase) / everyMs) * everyMs + phase;
  // One that was asked for a while ago need not be followed by another at once.
  return Date.parse(pass.beganAt) < lastDue && age > everyMs / 4;
}
