import { sql } from 'kysely';
import type { DeletionSource } from '../../../domain/sync/deletion-guard.ts';
import { text } from '../master-data-columns.ts';
import { idsJson } from '../master-data-page.ts';
import type { PageWrite } from '../page-write.ts';
import type { Flag } from '../../database/schema-flag.ts';

/** A live row that something says is gone. */
export interface SeemsGone {
  externalId: string;
  /** It is held, and nobody has answered yet. */
  isWaiting: boolean;
  /** What a human knew of when they said that it is still there; such news is none any more until it was seen once more. */
  answered: readonly DeletionSource[];
}

/** Where a row stands whose line in held_deletions this is; all null where it has none. */
export function standing(held: {
  source: DeletionSource | null;
  kept: Flag | null;
  kept_before: DeletionSource | null;
}): Pick<SeemsGone, 'isWaiting' | 'answered'> {
  const { source, kept, kept_before: before } = held;
  const answered = [kept === 1 ? source : null, before].filter((known) => known !== null);
  return { isWaiting: kept === 0, answered };
}

/**
 * Rows that seem to be gone and count as live until a question is settled. News of another source than the one that was
 * answered is asked about anew; what waits already, waits on, with the package's own word where that came later.
 *
 * @returns how many were not waiting before
 */
export async function hold(
  { trx, dialect, key }: PageWrite,
  ids: readonly string[],
  { source, question, pass }: { source: DeletionSource; question: number; pass: number },
): Promise<number> {
  const before = (await stillHeld({ trx, key })).open;
  await trx
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
      conflict
        .columns(['connection_id', 'company_id', 'kind', 'external_id'])
        .doUpdateSet((eb) => ({
          question: eb.ref('excluded.question'),
          source: eb.ref('excluded.source'),
          pass: eb.ref('excluded.pass'),
          kept: 0,
          kept_before: eb
            .case()
            .when('held_deletions.kept', '=', 1)
            .then(eb.ref('held_deletions.source'))
            .else(eb.ref('held_deletions.kept_before'))
            .end(),
        }))
        .where((eb) =>
          eb.or([eb('held_deletions.kept', '=', 1), eb('held_deletions.source', '!=', 'package')]),
        ),
    )
    .execute();
  return (await stillHeld({ trx, key })).open - before;
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
export async function stillHeld({
  trx,
  key,
}: Pick<PageWrite, 'trx' | 'key'>): Promise<{ held: number; open: number }> {
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
