import { sql } from 'kysely';
import type { PageId, PageRow, SqlOfDialect } from './sql-of-dialect.ts';

/** serialization_failure and deadlock_detected (PostgreSQL documentation, appendix A "Error Codes"). */
const givenUp = ['40001', '40P01'];

export const postgresSql: SqlOfDialect = {
  holdLock: async (trx, lock) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`.execute(trx);
  },
  mayBeTriedAgain: (error) => givenUp.includes(String((error as { code?: unknown } | null)?.code)),
  pageRows: (json) => sql<PageRow>`(
    select * from json_to_recordset(${json}::json) as row(ordinal integer, external_id text, code text, name text,
      active integer, details text, modified_at text, content_hash text))`,
  pageIds: (json) => sql<PageId>`(
    select * from json_to_recordset(${json}::json) as row(ordinal integer, external_id text))`,
  passIds: ({ connectionId, companyId, kind }) => sql`(
    select distinct id.value as external_id from pass_pages as kept, json_array_elements_text(kept.ids::json) as id
    where kept.connection_id = ${connectionId} and kept.company_id = ${companyId} and kept.kind = ${kind})`,
};
