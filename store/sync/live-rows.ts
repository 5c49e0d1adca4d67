import type { PositionKey } from '../../domain/master-data.ts';
import type { Kysely } from 'kysely';
import type { Schema } from '../database/schema.ts';

/** The live rows of a kind of a company, as `row`, each with what is said of its being gone, as `held`, where anything is. */
export function liveRows(db: Kysely<Schema>, { connectionId, companyId, kind }: PositionKey) {
  return db
    .selectFrom('master_data as row')
    .leftJoin('held_deletions as held', (join) =>
      join
        .onRef('held.connection_id', '=', 'row.connection_id')
        .onRef('held.company_id', '=', 'row.company_id')
        .onRef('held.kind', '=', 'row.kind')
        .onRef('held.external_id', '=', 'row.external_id'),
    )
    .where('row.connection_id', '=', connectionId)
    .where('row.company_id', '=', companyId)
    .where('row.kind', '=', kind)
    .where('row.deleted_at', 'is', null);
}
