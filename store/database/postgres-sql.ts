import { sql } from 'kysely';
import type { PageId, ReadRow, SqlOfDialect } from './sql-of-dialect.ts';

/** serialization_failure and deadlock_detected (PostgreSQL documentation, appendix A "Error Codes"). */
const givenUp = ['40001', '40P01'];

export const postgresSql: SqlOfDialect = {
  holdLock: async (trx, lock) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`.execute(trx);
  },
  now: sql<string>`to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  mayBeTriedAgain: (error) => givenUp.includes(String((error as { code?: unknown } | null)?.code)),
  pageRows,
  // "on conflict do update" locks, and so writes, also the rows that its "where" refuses (sql-insert, "ON CONFLICT Clause").
  rowsToWrite: (json, { connectionId, companyId, kind }) => sql<ReadRow>`(
    select page.* from ${pageRows(json)} as page
    left join master_data as stored on stored.connection_id = ${connectionId} and stored.company_id = ${companyId}
      and stored.kind = ${kind} and stored.external_id = page.external_id
    where stored.external_id is null or stored.content_hash <> page.content_hash or stored.deleted_at is not null)`,
  pageIds: (json) => sql<PageId>`(
    select * from json_to_recordset(${json}::json) as row(ordinal integer, external_id text))`,
  passIds: ({ connectionId, companyId, kind }) => sql`(
    select distinct id.value as external_id from pass_pages as kept, json_array_elements_text(kept.ids::json) as id
    where kept.connection_id = ${connectionId} and kept.company_id = ${companyId} and kept.kind = ${kind})`,
};

function pageRows(json: string) {
  return sql<ReadRow>`(
    select place::integer as ordinal, value ->> 0 as external_id, value ->> 1 as code, value ->> 2 as name,
      (value ->> 3)::integer as active, value ->> 4 as details, value ->> 5 as modified_at, value ->> 6 as content_hash
    from jsonb_array_elements(${json}::jsonb) with ordinality as page(value, place))`;
}
