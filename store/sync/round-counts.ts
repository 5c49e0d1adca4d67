import { z } from 'zod';
import { parseJson } from '../database/json.ts';
import type { SyncPositionRow } from '../database/schema.ts';

/** What the pages of one round did to a company and kind, counted in their transactions, so exact after a crash too. */
export type RoundCounts = z.infer<typeof roundCountsSchema>;

const roundCountsSchema = z.object({
  round: z.number(),
  inserted: z.number(),
  changed: z.number(),
  reappeared: z.number(),
  deleted: z.number(),
});

type Columns = 'counted_round' | 'inserted' | 'changed' | 'reappeared' | 'deleted' | 'other_counts';

/** Of the round that stored a page last, and of the one before: a sync request may overtake a planned round, once. */
export function countsOf(row: Pick<SyncPositionRow, Columns>): [RoundCounts, ...RoundCounts[]] {
  const { counted_round: round, inserted, changed, reappeared, deleted, other_counts: other } = row;
  return [
    { round, inserted, changed, reappeared, deleted },
    ...(other === null ? [] : [parseJson(roundCountsSchema, other)]),
  ];
}

/** Adds what a page did; the counts of a third round make room. */
export function countPage(
  before: SyncPositionRow | undefined,
  page: RoundCounts,
): Pick<SyncPositionRow, Columns> {
  const known = before ? countsOf(before) : [];
  const sum = known.find(({ round }) => round === page.round);
  const other = known.find(({ round }) => round !== page.round && round > 0);
  return {
    counted_round: page.round,
    inserted: page.inserted + (sum?.inserted ?? 0),
    changed: page.changed + (sum?.changed ?? 0),
    reappeared: page.reappeared + (sum?.reappeared ?? 0),
    deleted: page.deleted + (sum?.deleted ?? 0),
    other_counts: other ? JSON.stringify(other) : null,
  };
}
