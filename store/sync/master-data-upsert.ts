import type { ExpressionBuilder } from 'kysely';
import { content, primaryKey, stamps, text } from './master-data-columns.ts';
import type { PreparedPage } from './master-data-page.ts';
import type { PageCounts } from './master-data-write.ts';
import type { PageWrite, PositionBefore } from './page-write.ts';
import type { Schema } from '../database/schema.ts';
import { storedAmong } from './stored-among.ts';

/**
 * Writes the rows of a page that are new or say something else than what is there, in one statement whatever their number;
 * a row that stays as it is, is never touched. Their places in the feed come after `seq`.
 */
export async function upsertRows(
  write: PageWrite,
  page: PreparedPage,
  { before, seq }: { before: PositionBefore | undefined; seq: number },
): Promise<Omit<PageCounts, 'deleted' | 'held'>> {
  if (page.rows === 0) return { inserted: 0, changed: 0, unchanged: 0, reappeared: 0 };
  const { trx, dialect, key, at } = write;
  const reappeared = before?.has_deleted ? await deletedAmong(write, page) : 0;
  const { numInsertedOrUpdatedRows = 0n } = await trx
    .insertInto('master_data')
    .columns([...primaryKey, ...content, 'first_seen_at', 'changed_at', 'change_seq'])
    .expression(
      trx
        .selectFrom(dialect.rowsToWrite(page.rowsJson, key).as('page'))
        .select([
          text(key.connectionId).as('connection_id'),
          text(key.companyId).as('company_id'),
          text(key.kind).as('kind'),
          'page.external_id',
          ...content.map((column) => `page.${column}` as const),
          ...stamps(at, seq),
        ])
        // Without a "where" SQLite takes "on conflict" for a part of a join (sqlite.org/lang_upsert.html, section 2.2).
        .where('page.ordinal', '>', 0),
    )
    .onConflict((conflict) =>
      conflict
        .columns(primaryKey)
        .doUpdateSet((eb) => ({
          code: eb.ref('excluded.code'),
          name: eb.ref('excluded.name'),
          active: eb.ref('excluded.active'),
          details: eb.ref('excluded.details'),
          modified_at: eb.ref('excluded.modified_at'),
          content_hash: eb.ref('excluded.content_hash'),
          changed_at: eb.ref('excluded.changed_at'),
          change_seq: eb.ref('excluded.change_seq'),
          deleted_at: null,
          previous_code: remembered(eb, 'code'),
          previous_name: remembered(eb, 'name'),
          previous_active: remembered(eb, 'active'),
          previous_details: remembered(eb, 'details'),
          previous_deleted_at: remembered(eb, 'deleted_at'),
          previous_until: eb
            .case()
            .when(onlyItsDateDiffers(eb))
            .then(eb.ref('master_data.previous_until'))
            .else(eb.ref('excluded.changed_at'))
            .end(),
        }))
        .where((eb) =>
          eb.or([
            eb('master_data.content_hash', '!=', eb.ref('excluded.content_hash')),
            eb('master_data.deleted_at', 'is not', null),
          ]),
        ),
    )
    .executeTakeFirst();
  const written = Number(numInsertedOrUpdatedRows);
  const inserted = before && written > 0 ? await newAfter(write, seq) : written;
  return { inserted, changed: written - inserted - reappeared, unchanged: page.rows - written, reappeared };
}

/** How many of the rows that came after this place in the feed were not there before: they remember nothing. */
async function newAfter({ trx, key }: PageWrite, seq: number): Promise<number> {
  const { inserted } = await trx
    .selectFrom('master_data')
    .where('connection_id', '=', key.connectionId)
    .where('change_seq', '>', seq)
    .where('previous_name', 'is', null)
    .select((eb) => eb.fn.countAll<number>().as('inserted'))
    .executeTakeFirstOrThrow();
  return inserted;
}

type Upsert = ExpressionBuilder<Schema & { excluded: Schema['master_data'] }, 'master_data' | 'excluded'>;
type Remembered = 'code' | 'name' | 'active' | 'details' | 'deleted_at';

/** What a row said before its content changed. */
const remembered = <C extends Remembered>(eb: Upsert, column: C) =>
  eb
    .case()
    .when(onlyItsDateDiffers(eb))
    .then(eb.ref(`master_data.previous_${column}`))
    .else(eb.ref(`master_data.${column}`))
    .end();

/**
 * Somebody touched a fact that nobody reads, and what the row said before stays remembered. A row that remembers nothing
 * yet remembers itself, which tells it from a new one.
 */
const onlyItsDateDiffers = (eb: Upsert) =>
  eb.and([
    eb('master_data.previous_name', 'is not', null),
    eb('master_data.deleted_at', 'is', null),
    ...(['code', 'name', 'active', 'details'] as const).map((column) =>
      eb(`master_data.${column}`, 'is not distinct from', eb.ref(`excluded.${column}`)),
    ),
  ]);

/** How many rows of the page count as deleted so far. */
async function deletedAmong(write: PageWrite, page: PreparedPage): Promise<number> {
  const { deleted } = await storedAmong(write, write.dialect.pageRows(page.rowsJson))
    .where('stored.deleted_at', 'is not', null)
    .select((eb) => eb.fn.countAll<number>().as('deleted'))
    .executeTakeFirstOrThrow();
  return deleted;
}
