import { sql } from 'kysely';
import type { DeletionSource } from '../domain/deletion-guard.ts';
import { text } from './master-data-columns.ts';
import { idsJson } from './master-data-page.ts';
import type { PageWrite } from './master-data-write.ts';

/** Rows that seem to be gone and count as live until a question is settled. @returns how many were not held before */
export async function hold(
  { trx, dialect, key }: PageWrite,
  ids: readonly string[],
  { source, question, pass }: { source: DeletionSource; question: number; pass: number },
): Promise<number> {
  const { numInsertedOrUpdatedRows = 0n } = await trx
    .insertInto('held_deletions')
    .columns(['connection_id', 'company_id', 'kind', 'external_id', 'question', 'source', 'pass', 'kept'])
    .expression(
      trx
        .selectFrom(dialect.pageIds(idsJson(ids)).as('page'))
        .select([
          text(key.connectionId).as('connection_id'),
          text(key.companyId).as('company_id'),
          text(key.kind).as('kind'),
          'page.external_id',
          sql<number>`cast(${question} as integer)`.as('question'),
          text(source).as('source'),
          sql<number>`cast(${pass} as integer)`.as('pass'),
          sql<number>`0`.as('kept'),
        ])
        // Without a "where" SQLite takes "on conflict" for a part of the join (sqlite.org/lang_upsert.html, section 2.2).
        .where('page.ordinal', '>', 0),
    )
    .onConflict((conflict) =>
      conflict.columns(['connection_id', 'company_id', 'kind', 'external_id']).doNothing(),
    )
    .executeTakeFirst();
  return Number(numInsertedOrUpdatedRows);
}

/** Rows that came after all. @returns how many of them were held */
export async function release({ trx, dialect, key }: PageWrite, seen: readonly string[]): Promise<number> {
  if (seen.length === 0) return 0;
  const { numDeletedRows } = await heldOf({ trx, key })
    .where('external_id', 'in', (eb) =>
      eb.selectFrom(dialect.pageIds(idsJson(seen)).as('page')).select('page.external_id'),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** What is deleted now is held no longer. */
export async function releaseDeleted({ trx, key }: Pick<PageWrite, 'trx' | 'key'>): Promise<void> {
  await heldOf({ trx, key })
    .where('external_id', 'in', (eb) =>
      eb
        .selectFrom('master_data as row')
        .where('row.connection_id', '=', key.connectionId)
        .where('row.company_id', '=', key.companyId)
        .where('row.kind', '=', key.kind)
        .where('row.deleted_at', 'is not', null)
        .select('row.external_id'),
    )
    .execute();
}

/** How many are held, and of how many a human has not said yet that they are still there. */
export async function stillHeld({ trx, key }: PageWrite): Promise<{ held: number; open: number }> {
  return trx
    .selectFrom('held_deletions')
    .where('connection_id', '=', key.connectionId)
    .where('company_id', '=', key.companyId)
    .where('kind', '=', key.kind)
    .select((eb) => [
      eb.fn.countAll<number>().as('held'),
      eb.fn.countAll<number>().filterWhere('kept', '=', 0).as('open'),
    ])
    .executeTakeFirstOrThrow();
}

function heldOf({ trx, key }: Pick<PageWrite, 'trx' | 'key'>) {
  return trx
    .deleteFrom('held_deletions')
    .where('connection_id', '=', key.connectionId)
    .where('company_id', '=', key.companyId)
    .where('kind', '=', key.kind);
}
