import { z } from 'zod';
import type { Table } from './table.ts';
import { asTrytonMoment } from './values.ts';

/**
 * How far the reading of one company and kind has come. A sweep goes through all records that changed after `since`
 * in the order of their ids, which never change; so it resumes after any page, and a record that changes while the
 * sweep runs is found by the next one, which starts at `mark`: the newest change known before the first page.
 */
export interface Sweep {
  /** Only what changed after this moment; null: everything. */
  since: string | null;
  /** Where the next sweep starts; null when there was no record at all. */
  mark: string | null;
  /** The last id that was delivered. */
  after: number;
  /** Is this sweep under way? Otherwise the next page begins a new one. */
  running: boolean;
  /** What the login was let see when this sweep began (record-rules.ts). */
  sight: string;
}

const sweepSchema = z.object({
  since: z.iso.datetime().nullable(),
  mark: z.iso.datetime().nullable(),
  after: z.int().nonnegative(),
  running: z.boolean(),
  sight: z.string(),
});

const fromTheBeginning: Sweep = { since: null, mark: null, after: 0, running: false, sight: '' };

/** A checkpoint of another version counts as none: reading too much does no harm, reading too little does. */
export function readCheckpoint(checkpoint: string | null): Sweep {
  return sweepOf(checkpoint) ?? fromTheBeginning;
}

function sweepOf(checkpoint: string | null): Sweep | null {
  try {
    return sweepSchema.safeParse(JSON.parse(checkpoint ?? 'null')).data ?? null;
  } catch {
    return null;
  }
}

/**
 * A record carries the moment its transaction began, but is seen only when that ends. Whatever changed within this
 * time is therefore read again by the next sweep.
 */
const longestTransactionMs = 5 * 60_000;

/** The moment the next sweep starts from: `newest`, unless something older may still come in. */
export function markFor(newest: string | null, now: Date): string | null {
  if (newest === null) return null;
  // Microseconds, as Tryton has them, so that moments compare as text.
  const settled = new Date(now.getTime() - longestTransactionMs).toISOString().replace('Z', '000Z');
  return newest <= settled ? newest : settled;
}

/** The Tryton domain of what is left of this sweep. */
export function domainOf(table: Table, company: number, sweep: Sweep): unknown[] {
  return [...scopeOf(table, company), ['id', '>', sweep.after], ...changedSince(table, sweep.since)];
}

/** The Tryton domain of every record of this table that belongs to the company. */
export function scopeOf(table: Table, company: number): unknown[] {
  return [...table.only, ...(table.perCompany ? [['company', '=', company]] : [])];
}

function changedSince(table: Table, since: string | null): unknown[] {
  if (since === null) return [];
  const fields = ['last_modified_at', ...Object.keys(table.parts).map((path) => `${path}.last_modified_at`)];
  return [['OR', ...fields.map((field) => [[field, '>', asTrytonMoment(since)]])]];
}
