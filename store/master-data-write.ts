import { sql, type Transaction } from 'kysely';
import type { Moment } from '../domain/master-data.ts';
import type { PreparedPage } from './master-data-page.ts';
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
}

/** From where to where a page moves a position, and in which round. */
export interface PositionStep {
  /** The checkpoint the page was read from; null before the first one. */
  from: string | null;
  checkpoint: string;
  round: number;
}

export interface PageWrite {
  trx: Transaction<Schema>;
  dialect: SqlOfDialect;
  key: PositionKey;
  at: Moment;
}

const primaryKey = ['connection_id', 'company_id', 'kind', 'external_id'] as const;
const content = ['code', 'name', 'active', 'details', 'modified_at', 'content_hash'] as const;
/** What a deletion leaves as it is. */
const kept = [...primaryKey, ...content, 'first_seen_at'] as const;

/** PostgreSQL does not guess the type of a parameter in a list of columns. */
const text = (value: string) => sql<string>`cast(${value} as text)`;

/** The moment twice (first_seen_at or deleted_at, and changed_at) and the place in the feed. */
const stamps = (at: Moment, seq: number) =>
  [
    text(at).as('stamp'),
    text(at).as('changed_at'),
    sql<number>`cast(${seq} as bigint) + page.ordinal`.as('change_seq'),
  ] as const;

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
  const counts = await classify(write, page);
  if (counts.unchanged < page.rows) await upsertRows(write, page, seq);
  if (page.ids > 0) counts.deleted = await markDeleted(write, page, seq + page.rows);
  const written = counts.inserted + counts.changed + counts.reappeared + counts.deleted;
  if (written > 0) await countFeed(trx, key.connectionId, seq + page.rows + page.ids);
  await advance(trx, key, counts, { before, step });
  return counts;
}

type PositionBefore = SyncPositionRow & { last_seq: number | null };

function positionBefore(trx: Transaction<Schema>, key: PositionKey): Promise<PositionBefore | undefined> {
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
  if (page.rows === 0) return { inserted: 0, changed: 0, unchanged: 0, reappeared: 0, deleted: 0 };
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
    inserted: page.rows - known,
    changed,
    reappeared,
    unchanged: known - changed - reappeared,
    deleted: 0,
  };
}

async function upsertRows(
  { trx, dialect, key, at }: PageWrite,
  page: PreparedPage,
  seq: number,
): Promise<void> {
  await trx
    .insertInto('master_data')
    .columns([...primaryKey, ...content, 'first_seen_at', 'changed_at', 'change_seq'])
    .expression(
      trx
        .selectFrom(dialect.pageRows(page.rowsJson).as('page'))
        .select([
          text(key.connectionId).as('connection_id'),
          text(key.companyId).as('company_id'),
          text(key.kind).as('kind'),
          'page.external_id',
          ...content.map((column) => `page.${column}` as const),
          ...stamps(at, seq),
        ])
        // Only what is new or differs. A left join, because its order is given (see classify).
        .leftJoin('master_data as stored', (join) =>
          join
            .on('stored.connection_id', '=', key.connectionId)
            .on('stored.company_id', '=', key.companyId)
            .on('stored.kind', '=', key.kind)
            .onRef('stored.external_id', '=', 'page.external_id'),
        )
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
      })),
    )
    .execute();
}

/**
 * An upsert of what is there, not an UPDATE ... FROM: that one is a join as well, and its order cannot be told to SQLite.
 */
async function markDeleted(
  { trx, dialect, key, at }: PageWrite,
  page: PreparedPage,
  seq: number,
): Promise<number> {
  const { numInsertedOrUpdatedRows = 0n } = await trx
    .insertInto('master_data')
    .columns([...kept, 'deleted_at', 'changed_at', 'change_seq'])
    .expression(
      trx
        .selectFrom(dialect.pageIds(page.idsJson).as('page'))
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

async function countFeed(trx: Transaction<Schema>, connectionId: string, lastSeq: number): Promise<void> {
  await trx
    .insertInto('change_feeds')
    .values({ connection_id: connectionId, last_seq: lastSeq })
    .onConflict((conflict) => conflict.column('connection_id').doUpdateSet({ last_seq: lastSeq }))
    .execute();
}

/** The checkpoint and the counts of the round; the counts of an earlier round make room. */
async function advance(
  trx: Transaction<Schema>,
  key: PositionKey,
  counts: PageCounts,
  { before, step }: { before: PositionBefore | undefined; step: PositionStep },
): Promise<void> {
  const sameRound = before?.counted_round === step.round ? before : undefined;
  await savePosition(trx, key, {
    checkpoint: step.checkpoint,
    rows: (before?.rows ?? 0) + counts.inserted + counts.reappeared - counts.deleted,
    counted_round: step.round,
    inserted: (sameRound?.inserted ?? 0) + counts.inserted,
    changed: (sameRound?.changed ?? 0) + counts.changed,
    reappeared: (sameRound?.reappeared ?? 0) + counts.reappeared,
    deleted: (sameRound?.deleted ?? 0) + counts.deleted,
  });
}
