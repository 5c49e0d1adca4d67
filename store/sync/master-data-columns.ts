import { sql } from 'kysely';
import type { Moment } from '../../domain/master-data.ts';

export const primaryKey = ['connection_id', 'company_id', 'kind', 'external_id'] as const;
export const content = ['code', 'name', 'active', 'details', 'modified_at', 'content_hash'] as const;
/** What a deletion leaves as it is. */
export const kept = [...primaryKey, ...content, 'first_seen_at'] as const;

/** PostgreSQL does not guess the type of a parameter in a list of columns. */
export const text = (value: string) => sql<string>`cast(${value} as text)`;

/** The moment twice (first_seen_at or deleted_at, and changed_at) and the place in the feed. */
export const stamps = (at: Moment, seq: number) =>
  [
    text(at).as('stamp'),
    text(at).as('changed_at'),
    sql<number>`cast(${seq} as bigint) + page.ordinal`.as('change_seq'),
  ] as const;
