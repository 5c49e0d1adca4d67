import { sql } from 'kysely';
import type { PageId, ReadRow, SqlOfDialect } from './sql-of-dialect.ts';

export const sqliteSql: SqlOfDialect = {
  // BEGIN IMMEDIATE lets in one writer at a time, whatever the name of the lock.
  holdLock: async () => {},
  now: sql<string>`strftime('%Y-%m-%dT%H:%M:%fZ', 'now')`,
  // The dialect waits for a locked file by itself.
  mayBeTriedAgain: () => false,
  pageRows,
  // An upsert leaves alone what its "where" refuses.
  rowsToWrite: pageRows,
  pageIds: (json) => sql<PageId>`(
    select value ->> 'ordinal' as ordinal, value ->> 'external_id' as external_id from jsonb_each(${json}))`,
  passIds: ({ connectionId, companyId, kind }) => sql`(
    select distinct id.value as external_id from pass_pages as kept, json_each(kept.ids) as id
    where kept.connection_id = ${connectionId} and kept.company_id = ${companyId} and kept.kind = ${kind})`,
};

/** jsonb_each (SQLite 3.51) reads the text once, not once per row and field: a third less for an insert. */
function pageRows(json: string) {
  return sql<ReadRow>`(
    select key + 1 as ordinal, value ->> 0 as external_id, value ->> 1 as code, value ->> 2 as name,
      value ->> 3 as active, value ->> 4 as details, value ->> 5 as modified_at, value ->> 6 as content_hash
    from jsonb_each(${json}))`;
}
