import type { ExpressionBuilder, Transaction } from 'kysely';
import type { MasterDataPage } from '../accounting/port.ts';
import type { DeletionGuard } from '../domain/deletion-guard.ts';
import type { Moment } from '../domain/master-data.ts';
import { keepIds, passAt, passColumns } from './full-pass.ts';
import { takeDeletions } from './held-deletions.ts';
import type { PreparedPage } from './master-data-page.ts';
import { upsertRows } from './master-data-upsert.ts';
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
  const counts = { ...(await upsertRows(write, page, { before, seq })), deleted: 0, held: 0 };
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

/** The last number given out in the feed; asked by itself only for the first page of a company and kind. */
async function lastSeq(trx: Transaction<Schema>, connectionId: string): Promise<number> {
  const feed = await trx
    .selectFrom('change_feeds')
    .select('last_seq')
    .where('connection_id', '=', connectionId)
    .executeTakeFirst();
  return feed?.last_seq ?? 0;
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
