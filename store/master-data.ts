import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { MasterDataPage } from '../accounting/port.ts';
import type { MasterDataKind, MasterDataRow, Moment } from '../domain/master-data.ts';
import type { Database } from './database.ts';
import { parseJson } from './json.ts';
import { preparePage } from './master-data-page.ts';
import { writePage, type PageCounts } from './master-data-write.ts';
import type { MasterDataTableRow, Schema } from './schema.ts';
import type { PositionKey } from './sync-positions.ts';

export type { PageCounts };

export interface StoredRow extends MasterDataRow {
  companyId: string;
  kind: MasterDataKind;
  firstSeenAt: Moment;
  changedAt: Moment;
  deletedAt: Moment | null;
  /** Its place in the change feed of the connection: every change moves it to the end. */
  seq: number;
}

export interface RowsQuery {
  connectionId: string;
  companyId?: string | undefined;
  kind?: MasterDataKind | undefined;
  /** Only what changed after this place in the feed: the `next` of an earlier answer. @default 0 */
  after?: number | undefined;
  /** With the deleted rows, for a consumer that follows the feed. @default false */
  withDeleted?: boolean | undefined;
  /** @default 500 */
  limit?: number | undefined;
}

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
}

export function createMasterDataStore(
  { db, sql: dialect, transact }: Database,
  { now }: { now: () => Date },
): MasterDataStore {
  return {
    storePage: ({ page, from, round, ...key }) => {
      const prepared = preparePage(page);
      // One writer at a time per feed: its numbers become visible in their order, so a reader never skips one.
      return transact(`change feed/${key.connectionId}`, (trx) =>
        writePage({ trx, dialect, key, at: now().toISOString() }, prepared, {
          from,
          checkpoint: page.checkpoint,
          round,
        }),
      );
    },
    rows: (query) => readRows(db, query),
  };
}

const detailsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

async function readRows(
  db: Kysely<Schema>,
  { connectionId, companyId, kind, after = 0, withDeleted = false, limit = 500 }: RowsQuery,
): Promise<{ rows: StoredRow[]; next: number; more: boolean }> {
  let query = db
    .selectFrom('master_data')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where('change_seq', '>', after)
    .orderBy('change_seq')
    .limit(limit + 1);
  if (companyId !== undefined) query = query.where('company_id', '=', companyId);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (!withDeleted) query = query.where('deleted_at', 'is', null);
  const found = await query.execute();
  const rows = found.slice(0, limit).map(fromRow);
  return { rows, next: rows.at(-1)?.seq ?? after, more: found.length > limit };
}

function fromRow(row: MasterDataTableRow): StoredRow {
  return {
    companyId: row.company_id,
    kind: row.kind,
    externalId: row.external_id,
    code: row.code,
    name: row.name,
    active: row.active === 1,
    // Written by preparePage from details of this very kind.
    details: parseJson(detailsSchema, row.details),
    modifiedAt: row.modified_at,
    firstSeenAt: row.first_seen_at,
    changedAt: row.changed_at,
    deletedAt: row.deleted_at,
    seq: row.change_seq,
  };
}
