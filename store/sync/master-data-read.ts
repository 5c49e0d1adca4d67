import type { Kysely, SqlBool } from 'kysely';
import { z } from 'zod';
import type { RowContent } from '../../domain/sync/master-data-news.ts';
import type { MasterDataKind, MasterDataRow, Moment } from '../../domain/master-data.ts';
import { parseJson } from '../database/json.ts';
import type { MasterDataTableRow, Schema } from '../database/schema.ts';
import type { CompanyId, ConnectionId } from '../../domain/ids.ts';

export interface StoredRow extends MasterDataRow {
  companyId: CompanyId;
  kind: MasterDataKind;
  firstSeenAt: Moment;
  changedAt: Moment;
  deletedAt: Moment | null;
  /** It seems to be gone, and a human is asked about it. */
  held: boolean;
  /** Its place in the change feed of the connection: every change moves it to the end. */
  seq: number;
  /** What it said before its content last changed; null when it never did. */
  previous: PreviousContent | null;
}

interface PreviousContent extends RowContent {
  details: Record<string, string | number | boolean>;
  /** Set where that change was its coming back. */
  deletedAt: Moment | null;
  /** When it changed; null for what changed before this was kept. */
  until: Moment | null;
}

/** The rows of a connection, or of one company or kind of it. */
export interface FeedScope {
  connectionId: ConnectionId;
  companyId?: CompanyId | undefined;
  kind?: MasterDataKind | undefined;
}

export interface RowsQuery extends FeedScope {
  /** Only these kinds. */
  kinds?: readonly MasterDataKind[] | undefined;
  /** Only what changed after this place in the feed: the `next` of an earlier answer. @default 0 */
  after?: number | undefined;
  /** Only what changed at or after this moment. */
  changedSince?: Moment | undefined;
  /** With the deleted rows, for a consumer that follows the feed. @default false */
  withDeleted?: boolean | undefined;
  /** @default 500 */
  limit?: number | undefined;
}

const detailsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** See MasterDataStore. */
export async function readRows(
  db: Kysely<Schema>,
  query: RowsQuery,
): Promise<{ rows: StoredRow[]; next: number; more: boolean }> {
  const { connectionId, companyId, kind, changedSince, withDeleted = false, limit = 500 } = query;
  // Whoever goes on after a page is past that place.
  const after = query.after || (changedSince ? await placeBefore(db, connectionId, changedSince) : 0);
  let rowsAfter = db
    .selectFrom('master_data')
    .selectAll()
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('held_deletions as held')
            .whereRef('held.connection_id', '=', 'master_data.connection_id')
            .whereRef('held.company_id', '=', 'master_data.company_id')
            .whereRef('held.kind', '=', 'master_data.kind')
            .whereRef('held.external_id', '=', 'master_data.external_id')
            .where('held.kept', '=', 0)
            .select('held.external_id'),
        )
        .as('held'),
    )
    .where('connection_id', '=', connectionId)
    .where('change_seq', '>', after)
    .orderBy('change_seq')
    .limit(limit + 1);
  if (companyId !== undefined) rowsAfter = rowsAfter.where('company_id', '=', companyId);
  if (kind !== undefined) rowsAfter = rowsAfter.where('kind', '=', kind);
  if (query.kinds !== undefined) rowsAfter = rowsAfter.where('kind', 'in', query.kinds);
  if (changedSince !== undefined) rowsAfter = rowsAfter.where('changed_at', '>=', changedSince);
  if (!withDeleted) rowsAfter = rowsAfter.where('deleted_at', 'is', null);
  const found = await rowsAfter.execute();
  const rows = found.slice(0, limit).map(fromRow);
  return { rows, next: rows.at(-1)?.seq ?? after, more: found.length > limit };
}

/** The clocks of two workers may differ by this much. */
const clocksDifferMs = 5 * 60_000;

/**
 * A place in the feed before everything that changed since a moment. Places and moments grow together but for the
 * difference of clocks, so it is found by halving, without an index of moments that every write would pay for.
 */
async function placeBefore(db: Kysely<Schema>, connectionId: ConnectionId, moment: Moment): Promise<number> {
  const before = new Date(Date.parse(moment) - clocksDifferMs).toISOString();
  let low = 0;
  let high = await lastSeq(db, { connectionId });
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const next = await db
      .selectFrom('master_data')
      .select(['change_seq', 'changed_at'])
      .where('connection_id', '=', connectionId)
      .where('change_seq', '>', middle)
      .orderBy('change_seq')
      .limit(1)
      .executeTakeFirst();
    if (next && next.changed_at < before) low = next.change_seq;
    else high = middle;
  }
  return low;
}

/** See MasterDataStore. Only of one kind of one company is the very last place had from an index. */
export async function lastSeq(db: Kysely<Schema>, scope: FeedScope): Promise<number> {
  const { connectionId, companyId, kind } = scope;
  const ofConnection = db
    .selectFrom('change_feeds')
    .select('last_seq as last')
    .where('connection_id', '=', connectionId);
  const ofKind = db
    .selectFrom('master_data')
    .select((eb) => eb.fn.max('change_seq').as('last'))
    .where('connection_id', '=', connectionId)
    .where('company_id', '=', companyId ?? '')
    .where('kind', '=', kind ?? 'gl-account');
  const found = await (companyId && kind ? ofKind : ofConnection).executeTakeFirst();
  return found?.last ?? 0;
}

/** Another one whenever the answer to a query in this scope may be another: the last place, and what is asked about. */
export async function version(db: Kysely<Schema>, scope: FeedScope): Promise<string> {
  const { held, asked } = await db
    .selectFrom('sync_positions')
    .where('connection_id', '=', scope.connectionId)
    .select((eb) => [
      eb.fn.sum<number | null>('held').as('held'),
      eb.fn.sum<number | null>('question').as('asked'),
    ])
    .executeTakeFirstOrThrow();
  return [await lastSeq(db, scope), Number(held), Number(asked)].join('/');
}

function fromRow(row: MasterDataTableRow & { held: SqlBool }): StoredRow {
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
    held: Boolean(row.held),
    seq: row.change_seq,
    previous: previousOf(row),
  };
}

function previousOf(row: MasterDataTableRow): PreviousContent | null {
  const { previous_name: name, previous_details: details } = row;
  if (name === null) return null;
  return {
    code: row.previous_code,
    name,
    active: row.previous_active === 1,
    details: parseJson(detailsSchema, details ?? '{}'),
    deletedAt: row.previous_deleted_at,
    until: row.previous_until,
  };
}
