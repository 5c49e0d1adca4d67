import type { Transaction } from 'kysely';
import type { MasterDataPage } from '../accounting/port.ts';
import type { DeletionGuard } from '../domain/deletion-guard.ts';
import type { Moment } from '../domain/master-data.ts';
import { keepIds, passAt, passColumns } from './full-pass.ts';
import { takeDeletions } from './held-deletions.ts';
import { content, primaryKey, remembered, stamps, text } from './master-data-columns.ts';
import type { PreparedPage } from './master-data-page.ts';
import { countPage } from './round-counts.ts';
import type { Schema, SyncPositionRow } from './schema.ts';
import type { SqlOfDialect } from './sql-of-dialect.ts';
import { savePosition, type PositionKey } from './sync-positions.ts';

/** What a page did, each row counted once: the first four add up to the rows of the page. */
export interface PageCounts {
  inserted: number;
  changed: number;
  unchanged: number;
  reappeared: number;
  deleted: number;
  /** Deletions that are too many to be believed: they wait for a human, and the rows count as live. */
  held: number;
}

const nothing: PageCounts = {
  inserted: 0,
  changed: 0,
  unchanged: 0,
  reappeared: 0,
  deleted: 0,
  held: 0,
};

/** From where to where a page moves a position, and in which round. */
export interface PositionStep {
  /** The checkpoint the page was read from; null before the first one. */
  from: string | null;
  checkpoint: string;
  round: number;
  whole: MasterDataPage['whole'];
}

export interface PageWrite {
  trx: Transaction<Schema>;
  dialect: SqlOfDialect;
  key: PositionKey;
  at: Moment;
  guard: DeletionGuard;
}

/**
 * Writes a page and its checkpoint inside a transaction that holds the lock of the change feed: a handful of statements,
 * whatever the size of the page, and none of them touches a row that stays as it is.
 * @returns null, with nothing written, when the position is no longer where the page was read from
 */
export async function writePage(
  write: PageWrite,
  page: PreparedPage,
  step: PositionStep,
): Promise<PageCounts | null> {
  const { trx, key } = write;
  const before = await positionBefore(trx, key);
  if ((before?.checkpoint ?? null) !== step.from) return null;
  const seq = before?.last_seq ?? (await lastSeq(trx, key.connectionId));
  const pass = passAt(before, step.whole, { at: write.at, seq });
  const counts = await classify(write, page);
  if (counts.unchanged < page.rows) await upsertRows(write, page, seq);
  if (pass) await keepIds(write, pass, page.seen);
  const live = (before?.rows ?? 0) + counts.inserted + counts.reappeared;
  const gone = await takeDeletions(write, {
    ...{ before, page, pass, live, seq: seq + page.rows },
    isPassOver: pass !== null && step.whole?.ends === true,
  });
  counts.deleted = gone.deleted;
  counts.held = gone.held;
  const written = counts.inserted + counts.changed + counts.reappeared + counts.deleted;
  if (written > 0) await countFeed(trx, key.connectionId, gone.seq);
  await savePosition(trx, key, {
    checkpoint: step.checkpoint,
    rows: live - counts.deleted,
    ...countPage(before, { round: step.round, ...counts }),
    ...passColumns(pass, before, step.whole?.ends ? write.at : null),
    ...gone.columns,
  });
  return counts;
}

export type PositionBefore = SyncPositionRow & { last_seq: number | null };

export function positionBefore(
  trx: Transaction<Schema>,
  key: PositionKey,
): Promise<PositionBefore | undefined> {
  return trx
    .selectFrom('sync_positions')
    .leftJoin('change_feeds', 'change_feeds.connection_id', 'sync_positions.connection_id')
    .selectAll('sync_positions')
    .select('change_feeds.last_seq')
    .where('sync_positions.connection_id', '=', key.connectionId)
    .where('company_id', '=', key.companyId)
    .where('kind', '=', key.kind)
    .executeTakeFirst();
}

/** The last number given out in the feed; asked by itself only for the first page of a company and kind. */
async function lastSeq(trx: Transaction<Schema>, connectionId: string): Promise<number> {
  const feed = await trx
    .selectFrom('change_feeds')
    .select('last_seq')
    .where('connection_id', '=', connectionId)
    .executeTakeFirst();
  return feed?.last_seq ?? 0;
}

/** Compares the page with what is there; a row that is neither known nor different is never touched. */
async function classify({ trx, dialect, key }: PageWrite, page: PreparedPage): Promise<PageCounts> {
  if (page.rows === 0) return { ...nothing };
  const found = await trx
    .selectFrom(dialect.pageRows(page.rowsJson).as('page'))
    // A cross join keeps SQLite from reading the whole company once per row of the page (sqlite.org/optoverview.html, 7.2).
    .crossJoin('master_data as stored')
    .where('stored.connection_id', '=', key.connectionId)
    .where('stored.company_id', '=', key.companyId)
    .where('stored.kind', '=', key.kind)
    .whereRef('stored.external_id', '=', 'page.external_id')
    .select((eb) => [
      eb.fn.countAll<number>().as('known'),
      eb.fn.countAll<number>().filterWhere('stored.deleted_at', 'is not', null).as('reappeared'),
      eb.fn
        .countAll<number>()
        .filterWhere('stored.deleted_at', 'is', null)
        .filterWhere('stored.content_hash', '!=', eb.ref('page.content_hash'))
        .as('changed'),
    ])
    .executeTakeFirstOrThrow();
  const { known, changed, reappeared } = found;
  return {
    ...nothing,
    inserted: page.rows - known,
    changed,
    reappeared,
    unchanged: known - changed - reappeared,
  };
}

async function upsertRows(
  { trx, dialect, key, at }: PageWrite,
  page: PreparedPage,
  seq: number,
): Promise<void> {
  await trx
    .insertInto('master_data')
    .columns([
      ...primaryKey,
      ...content,
      ...(['first_seen_at', 'changed_at', 'change_seq'] as const),
      ...remembered.map((column) => `previous_${column}` as const),
    ])
    .expression(
      trx
        .selectFrom(dialect.pageRows(page.rowsJson).as('page'))
        // A left join, because its order is given (see classify).
        .leftJoin('master_data as stored', (join) =>
          join
            .on('stored.connection_id', '=', key.connectionId)
            .on('stored.company_id', '=', key.companyId)
            .on('stored.kind', '=', key.kind)
            .onRef('stored.external_id', '=', 'page.external_id'),
        )
        .select([
          text(key.connectionId).as('connection_id'),
          text(key.companyId).as('company_id'),
          text(key.kind).as('kind'),
          'page.external_id',
          ...content.map((column) => `page.${column}` as const),
          ...stamps(at, seq),
          ...remembered.map((column) => `stored.${column} as previous_${column}` as const),
        ])
        // Only what is new or differs.
        .where((eb) =>
          eb.or([
            eb('stored.external_id', 'is', null),
            eb('stored.content_hash', '!=', eb.ref('page.content_hash')),
            eb('stored.deleted_at', 'is not', null),
          ]),
        ),
    )
    .onConflict((conflict) =>
      conflict.columns(primaryKey).doUpdateSet((eb) => ({
        code: eb.ref('excluded.code'),
        name: eb.ref('excluded.name'),
        active: eb.ref('excluded.active'),
        details: eb.ref('excluded.details'),
        modified_at: eb.ref('excluded.modified_at'),
        content_hash: eb.ref('excluded.content_hash'),
        changed_at: eb.ref('excluded.changed_at'),
        deleted_at: null,
        change_seq: eb.ref('excluded.change_seq'),
        previous_code: eb.ref('excluded.previous_code'),
        previous_name: eb.ref('excluded.previous_name'),
        previous_active: eb.ref('excluded.previous_active'),
        previous_details: eb.ref('excluded.previous_details'),
        previous_deleted_at: eb.ref('excluded.previous_deleted_at'),
      })),
    )
    .execute();
}

export async function countFeed(
  trx: Transaction<Schema>,
  connectionId: string,
  lastSeq: number,
): Promise<void> {
  await trx
    .insertInto('change_feeds')
    .values({ connection_id: connectionId, last_seq: lastSeq })
    .onConflict((conflict) => conflict.column('connection_id').doUpdateSet({ last_seq: lastSeq }))
    .execute();
}
