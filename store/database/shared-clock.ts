import { sql, type Kysely } from 'kysely';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

/**
 * What time it is for all processes that share a database, asked by this query. Moments that one host writes and another one
 * compares come from here: leases, claims, attempts. How long something of its own takes a process sees by its own clock.
 */
export type SharedClock = (query: Kysely<Schema>) => Promise<Date>;

/** A SQLite file is on one host, so its clock is ours. Tests play time with `now`. */
export function sharedClock({ kind, sql: of }: Database, now?: () => Date): SharedClock {
  if (now) return async () => now();
  if (kind === 'sqlite') return async () => new Date();
  return async (query) => {
    const { rows } = await sql<{ now: string }>`select ${of.now} as now`.execute(query);
    return new Date(rows[0]!.now);
  };
}
