import type { DelayReason } from '../connection.ts';
import type { LinkCause } from '../causes.ts';
import type { MasterDataKind, Moment } from '../master-data.ts';
import type { ConnectionId, PersonId } from '../ids.ts';

/**
 * Why a round ended before its last company: a human must act, the package must come back, or an odd answer about the
 * login is being looked at twice.
 */
export type Stop =
  | { kind: 'broken'; cause: LinkCause }
  | { kind: 'delayed'; reason: DelayReason; until: Moment | null }
  | { kind: 'doubtful' };

/** What a sync is asked for: these companies (by external id) and kinds; null is all of them. */
export interface SyncScope {
  companies: string[] | null;
  kinds: MasterDataKind[] | null;
  /** From the very beginning, which also shows what was deleted. @default false */
  full?: boolean;
}

/** A sync that was asked for and is not done yet. */
export interface SyncRequest {
  /** Numbered along with the rounds. */
  id: number;
  scope: SyncScope;
  /** Who asked: an office user, or whatever else knows that something changed. */
  by: PersonId;
  at: Moment;
}

/** Nothing is left out, so a planned round does it. */
export function isEverything({ companies, kinds, full = false }: SyncScope): boolean {
  return companies === null && kinds === null && !full;
}

/** Whether whoever does the one has done the other too. */
export function covers(one: SyncScope, other: SyncScope): boolean {
  const holds = <T>(all: readonly T[] | null, some: readonly T[] | null) =>
    all === null || (some !== null && some.every((item) => all.includes(item)));
  const isFull = one.full === true || other.full !== true;
  return isFull && holds(one.companies, other.companies) && holds(one.kinds, other.kinds);
}

/**
 * More requests than this at once of a package (which reports every single change), and everything is brought in instead; a
 * person who comes after so many of other people is asked to wait.
 */
export const mostRequests = 50;

/** How many companies one activity takes: enough chunks to show progress, few enough to keep the history short. */
export function chunkSize(companies: number): number {
  return Math.min(20, Math.max(1, Math.ceil(companies / 8)));
}

/** The earlier of two moments; null is never. */
export function earlier(one: Moment | null, other: Moment | null): Moment | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

export function inChunks<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}

/**
 * When the first round of a new cycle starts: spread over the interval by the connection's id, so that thousands of
 * connections do not knock on the package's door in the same second.
 */
export function phaseOf(connectionId: ConnectionId, intervalMs: number): number {
  let hash = 0x811c9dc5;
  for (const char of connectionId) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
  return hash % intervalMs;
}

/** The next start after `now` on the connection's own grid; a missed one is not caught up more than once. */
export function nextStart(now: number, intervalMs: number, phase: number): number {
  const start = Math.floor((now - phase) / intervalMs) * intervalMs + phase + intervalMs;
  // A round that just ended should not be followed by another at once.
  return start - now < intervalMs / 4 ? start + intervalMs : start;
}
