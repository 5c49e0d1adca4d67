import { parseDuration } from '../duration.ts';

/**
 * How many rows of one kind in one company may vanish within `withinMs` before a human is asked: `share` of what was
 * there, at most `rows`, and always a `few`, so that a kind of four rows does not ask about one of them. That everything
 * would be gone is asked of anything with more than one row. So a few in every round add up; what a human has answered
 * about counts no more.
 */
export interface DeletionGuard {
  share: number;
  rows: number;
  few: number;
  withinMs: number;
}

export const deletionGuard: DeletionGuard = { share: 0.2, rows: 50, few: 3, withinMs: parseDuration('1d') };

/** `20% 50`: the share, and how many rows at the most; null for anything else. */
export function parseGuard(text: string): DeletionGuard | null {
  const [, percent, rows] = /^(\d{1,3}(?:\.\d+)?)%\s+(\d{1,6})$/.exec(text.trim()) ?? [];
  const share = Number(percent) / 100;
  return share <= 1 ? { ...deletionGuard, share, rows: Number(rows) } : null;
}

/** Are these deletions too many to be believed? `live`: how many rows there were before them. */
export function asksFirst(
  deletions: number,
  live: number,
  guard: Omit<DeletionGuard, 'withinMs'> = deletionGuard,
): boolean {
  if (deletions >= live && live > 1) return true;
  return deletions > Math.max(guard.few, Math.min(guard.rows, Math.floor(live * guard.share)));
}

/** `deleted`, `kept`: what a human said. The other two come about by themselves. */
export const questionStates = ['open', 'deleted', 'kept', 'came-back', 'confirmed'] as const;
export type QuestionState = (typeof questionStates)[number];

/** What says that rows are gone: the package itself, that a complete listing lacks them, or that their kind is not there. */
export type DeletionSource = 'package' | 'listing' | 'kind';

/** What a human says of rows that seem to be gone. */
export const deletionVerdicts = ['deleted', 'kept'] as const;
export type DeletionVerdict = (typeof deletionVerdicts)[number];
