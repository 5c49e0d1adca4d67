import type { ExpressionBuilder, Transaction } from 'kysely';
import type { DeletionGuard } from '../../domain/sync/deletion-guard.ts';
import type { Moment, PositionKey } from '../../domain/master-data.ts';
import type { Schema, SyncPositionRow } from '../database/schema.ts';
import type { SqlOfDialect } from '../database/sql-of-dialect.ts';

/** What everything that writes a page of master data needs: one transaction that holds the lock of the change feed. */
export interface PageWrite {
  trx: Transaction<Schema>;
  dialect: SqlOfDialect;
  key: PositionKey;
  at: Moment;
  guard: DeletionGuard;
}

/** How a position stands before a page, and its connection's feed. */
export type PositionBefore = SyncPositionRow & { last_seq: number | null; has_deleted: boolean };

export async function positionBefore(
  trx: Transaction<Schema>,
  key: PositionKey,
): Promise<PositionBefore | undefined> {
  const found = await trx
    .selectFrom('sync_positions')
    .leftJoin('change_feeds', 'change_feeds.connection_id', 'sync_positions.connection_id')
    .selectAll('sync_positions')
    .select(['change_feeds.last_seq', (eb) => eb.exists(deletedRows(eb, key)).as('has_deleted')])
    .where('sync_positions.connection_id', '=', key.connectionId)
    .where('company_id', '=', key.companyId)
    .where('kind', '=', key.kind)
    .executeTakeFirst();
  return found && { ...found, has_deleted: Boolean(found.has_deleted) };
}

/** Had from an index of its own, of deleted rows only. */
const deletedRows = (eb: ExpressionBuilder<Schema, 'sync_positions'>, key: PositionKey) =>
  eb
    .selectFrom('master_data as row')
    .where('row.connection_id', '=', key.connectionId)
    .where('row.company_id', '=', key.companyId)
    .where('row.kind', '=', key.kind)
    .where('row.deleted_at', 'is not', null)
    .select('row.external_id');
