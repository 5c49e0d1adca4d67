import type { MasterDataPage } from '../accounting/port.ts';
import type { DeletionGuard } from '../domain/deletion-guard.ts';
import type { MasterDataNews } from '../domain/master-data-news.ts';
import type { Database } from './database.ts';
import { readNews, type NewsQuery } from './master-data-news.ts';
import { preparePage } from './master-data-page.ts';
import { lastSeq, readRows, type FeedScope, type RowsQuery, type StoredRow } from './master-data-read.ts';
import { writePage, type PageCounts } from './master-data-write.ts';
import type { PositionKey } from './sync-positions.ts';

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
  /**
   * Rows in the order of the change feed. A row that changes while somebody pages comes again later, none is missed,
   * also while others write. `next` is the place to go on from, also when the answer is empty.
   */
  rows(query: RowsQuery): Promise<{ rows: StoredRow[]; next: number; more: boolean }>;
  /** What changed since a moment that whoever books wants to hear of, by company; counted exactly, told in part. */
  news(query: NewsQuery): Promise<MasterDataNews>;
  /** The place of the newest change that may concern this part of the feed; while it stays, so do its rows. */
  lastSeq(scope: FeedScope): Promise<number>;
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
    rows: (query) => readRows(db, query),
    news: (query) => readNews(db, query),
    lastSeq: (scope) => lastSeq(db, scope),
  };
}
