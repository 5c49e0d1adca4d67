import { kept, primaryKey, stamps } from './master-data-columns.ts';
import { idsJson } from './master-data-page.ts';
import type { PageWrite } from './page-write.ts';
import { storedAmong } from './stored-among.ts';

/**
 * Gives live rows the date of their deletion; their places in the feed come after `seq`.
 *
 * @returns how many there were
 *
 * An upsert of what is there, not an UPDATE ... FROM: that one is a join as well, and its order cannot be told to SQLite.
 */
export async function markDeleted(write: PageWrite, ids: readonly string[], seq: number): Promise<number> {
  const { numInsertedOrUpdatedRows = 0n } = await write.trx
    .insertInto('master_data')
    .columns([...kept, 'deleted_at', 'changed_at', 'change_seq'])
    .expression(
      storedAmong(write, write.dialect.pageIds(idsJson(ids)))
        .where('stored.deleted_at', 'is', null)
        .select([...kept.map((column) => `stored.${column}` as const), ...stamps(write.at, seq)]),
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
