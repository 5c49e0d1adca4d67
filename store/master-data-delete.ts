import { kept, primaryKey, stamps } from './master-data-columns.ts';
import { idsJson } from './master-data-page.ts';
import type { PageWrite } from './master-data-write.ts';

/**
 * Gives live rows the date of their deletion; their places in the feed come after `seq`.
 *
 * @returns how many there were
 *
 * An upsert of what is there, not an UPDATE ... FROM: that one is a join as well, and its order cannot be told to SQLite.
 */
export async function markDeleted(
  { trx, dialect, key, at }: PageWrite,
  ids: readonly string[],
  seq: number,
): Promise<number> {
  const { numInsertedOrUpdatedRows = 0n } = await trx
    .insertInto('master_data')
    .columns([...kept, 'deleted_at', 'changed_at', 'change_seq'])
    .expression(
      trx
        .selectFrom(dialect.pageIds(idsJson(ids)).as('page'))
        .crossJoin('master_data as stored')
        .where('stored.connection_id', '=', key.connectionId)
        .where('stored.company_id', '=', key.companyId)
        .where('stored.kind', '=', key.kind)
        .whereRef('stored.external_id', '=', 'page.external_id')
        .where('stored.deleted_at', 'is', null)
        .select([...kept.map((column) => `stored.${column}` as const), ...stamps(at, seq)]),
    )
    .onConflict((conflict) =>
      conflict.columns(primaryKey).doUpdateSet((eb) => ({
        deleted_at: eb.ref('excluded.deleted_at'),
        changed_at: eb.ref('excluded.changed_at'),
        change_seq: eb.ref('excluded.change_seq'),
      })),
    )
    .executeTakeFirst();
  return Number(numInsertedOrUpdatedRows);
}
