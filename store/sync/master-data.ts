import type { PositionKey } from '../../domain/master-data.ts';
import { randomBytes } from 'node:crypto';
import type { MasterDataPage } from '../../accounting/port.ts';
import type { DeletionGuard } from '../../domain/sync/deletion-guard.ts';
import type { MasterDataNews } from '../../domain/sync/master-data-news.ts';
import type { Database } from '../database/database.ts';
import { holdEverything } from './deletions/held-deletions.ts';
import { readNews, type NewsQuery } from './master-data-news.ts';
import { preparePage } from './master-data-page.ts';
import {
  lastSeq,
  readRows,
  version,
  type FeedScope,
  type RowsQuery,
  type StoredRow,
} from './master-data-read.ts';
import { writePage, type PageCounts } from './master-data-write.ts';
import type { ConnectionId } from '../../domain/ids.ts';

export type { PageCounts, StoredRow };

export interface MasterDataStore {
  /**
   * Stores a page and its checkpoint in one transaction. Only rows whose content differs are written, rows the package
   * reports as deleted get a date, reappeared ones lose it; so the same page twice changes nothing.
   * `from` is the checkpoint the page was read from. When the position has moved since, somebody else reads the same
   * (another worker, a former attempt that still lives): then nothing is written and the answer is null.
   */
  storePage(
    request: PositionKey & { page: MasterDataPage; from: string | null; round: number },
  ): Promise<PageCounts | null>;
  /** The package has no such kind (any more): a human is asked about all its rows, which count as there until then. */
  holdKind(key: PositionKey): Promise<void>;
  /**
   * Rows in the order of the change feed. A row that changes while somebody pages comes again later, none is missed,
   * also while others write. `next` is the place to go on from, also when the answer is empty.
   */
  rows(query: RowsQuery): Promise<{ rows: StoredRow[]; next: number; more: boolean }>;
  /** What changed since a moment that whoever books wants to hear of, by company; counted exactly, told in part. */
  news(query: Omit<NewsQuery, 'now'>): Promise<MasterDataNews>;
  /** While it stays, so does everything that is said of these rows. */
  version(scope: FeedScope): Promise<string>;
  /** The place of the newest change that may concern this part of the feed; while it stays, so do its rows. */
  lastSeq(scope: FeedScope): Promise<number>;
  /** Places of one epoch of the feed can be compared. */
  epoch(connectionId: ConnectionId): Promise<string>;
  /** The database was taken back to an older state: places that were given out mean nothing any more. */
  beginEpoch(connectionId: ConnectionId): Promise<void>;
}

export function createMasterDataStore(
  { db, sql: dialect, transact }: Database,
  { now, guard }: { now: () => Date; guard: DeletionGuard },
): MasterDataStore {
  return {
    storePage: ({ page, from, round, ...key }) => {
      const prepared = preparePage(page);
      // One writer at a time per feed: its numbers become visible in their order, so a reader never skips one.
      return transact(`change feed/${key.connectionId}`, (trx) =>
        writePage({ trx, dialect, key, guard, at: now().toISOString() }, prepared, {
          from,
          checkpoint: page.checkpoint,
          round,
          whole: page.whole,
        }),
      );
    },
    holdKind: (key) =>
      transact(`change feed/${key.connectionId}`, (trx) =>
        holdEverything({ trx, dialect, key, guard, at: now().toISOString() }),
      ),
    rows: (query) => readRows(db, query),
    news: (query) => readNews(db, { ...query, now: now() }),
    version: (scope) => version(db, scope),
    lastSeq: (scope) => lastSeq(db, scope),
    async epoch(connectionId) {
      const row = await db
        .selectFrom('feed_epochs')
        .select('epoch')
        .where('connection_id', '=', connectionId)
        .executeTakeFirst();
      return row?.epoch ?? '0';
    },
    async beginEpoch(connectionId) {
      // By chance and not by counting: an older state may be taken back twice.
      const epoch = randomBytes(4).toString('hex');
      await db
        .insertInto('feed_epochs')
        .values({ connection_id: connectionId, epoch })
        .onConflict((conflict) => conflict.column('connection_id').doUpdateSet({ epoch }))
        .execute();
    },
  };
}
