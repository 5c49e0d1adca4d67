/**
 * How many rows of one kind in one company may vanish at once, that is in one round, before a human is asked: `share` of
 * what is there, at most `rows`, and always a `few`, so that a kind of four rows does not ask about one of them.
 * That everything would be gone is asked of anything with more than one row.
 */
export interface DeletionGuard {
  share: number;
  rows: number;
  few: number;
}

export const deletionGuard: DeletionGuard = { share: 0.2, rows: 50, few: 3 };

/** Are these deletions too many to be believed? `live`: how many rows there were before them. */
export function asksFirst(deletions: number, live: number, guard: DeletionGuard = deletionGuard): boolean {
  if (deletions === 0) return false;
  if (deletions >= live && live > 1) return true;
  return deletions > Math.max(guard.few, Math.min(guard.rows, Math.floor(live * guard.share)));
}

/** `deleted`, `kept`: what a human said. The other two come about by themselves. */
export const questionStates = ['open', 'deleted', 'kept', 'came-back', 'confirmed'] as const;
export type QuestionState = (typeof questionStates)[number];

/** What says that rows are gone: the package itself, or that a complete listing lacks them. */
export type DeletionSource = 'package' | 'listing';

/** What a human says of rows that seem to be gone. */
export const deletionVerdicts = ['deleted', 'kept'] as const;
export type DeletionVerdict = (typeof deletionVerdicts)[number];
