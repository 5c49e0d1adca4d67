import type { Kysely } from 'kysely';
import {
  createNewsCount,
  newsKinds,
  newsOf,
  type MasterDataNews,
  type Owner,
} from '../../domain/sync/master-data-news.ts';
import { isActiveOn, type Day, type Moment } from '../../domain/master-data.ts';
import { localDay } from '../../domain/offices/working-hours.ts';
import { factsSchema, parseJson } from '../database/json.ts';
import { readRows, type FeedScope, type StoredRow } from './master-data-read.ts';
import type { Schema } from '../database/schema.ts';
import type { ConnectionId } from '../../domain/ids.ts';

export interface NewsQuery extends Omit<FeedScope, 'kind'> {
  since: Moment;
  /** Of the office: by its day a row is in use or not. */
  timeZone: string;
  now: Date;
  /** Of how many rows of each subject of a company more is told than their number. */
  mostOfEach: number;
}

/**
 * See MasterDataStore. Page by page, so that a weekend of changes needs hardly more memory than an hour of them; a row that
 * changes meanwhile moves to the end and comes again.
 */
export async function readNews(
  db: Kysely<Schema>,
  { since, timeZone, now, mostOfEach, ...scope }: NewsQuery,
): Promise<MasterDataNews> {
  const count = createNewsCount(mostOfEach);
  const [before, today] = [Date.parse(since), now.getTime()].map((at) => localDay(timeZone, at)) as [
    Day,
    Day,
  ];
  const isFirst = await firstTime(db, scope.connectionId);
  let broughtIn = 0;
  const asked = { ...scope, kinds: newsKinds, changedSince: since, withDeleted: true, limit: 1000 };
  for (let after = 0, more = true; more;) {
    const page = await readRows(db, { ...asked, after });
    const ownerOf = await readOwners(db, scope.connectionId, page.rows);
    for (const row of page.rows) {
      if (row.firstSeenAt >= since && isFirst(row)) {
        broughtIn += row.deletedAt === null ? 1 : 0;
        continue;
      }
      const news = newsOf({ ...onDays(row, before, today), owner: ownerOf(row) }, since);
      if (news) count.add(row, news);
    }
    ({ next: after, more } = page);
  }
  return { ofCompanies: count.result(), broughtIn };
}

/** A row as it is in use today, and as what it said before was in use then. */
function onDays(row: StoredRow, before: Day, today: Day): StoredRow {
  const { previous } = row;
  return {
    ...row,
    active: isActiveOn(row, today),
    previous: previous && { ...previous, active: isActiveOn(previous, before) },
  };
}

/** Whether a row came when its kind of its company was brought in for the first time. */
async function firstTime(
  db: Kysely<Schema>,
  connectionId: ConnectionId,
): Promise<(row: StoredRow) => boolean> {
  const positions = await db
    .selectFrom('sync_positions')
    .select(['company_id', 'kind', 'first_success_at'])
    .where('connection_id', '=', connectionId)
    .execute();
  const first = new Map(positions.map((one) => [`${one.company_id}/${one.kind}`, one.first_success_at]));
  return ({ companyId, kind, firstSeenAt }) => {
    const success = first.get(`${companyId}/${kind}`);
    return !success || firstSeenAt <= success;
  };
}

/** Whose the bank accounts among these rows are; also of a relation that is deleted, for its account is closed with it. */
async function readOwners(
  db: Kysely<Schema>,
  connectionId: ConnectionId,
  rows: readonly StoredRow[],
): Promise<(row: StoredRow) => Owner | null> {
  const wanted = new Map<string, string[]>();
  for (const { kind, companyId, details } of rows) {
    if (kind !== 'bank-account' || !('relationId' in details) || !details.relationId) continue;
    wanted.set(companyId, [...(wanted.get(companyId) ?? []), details.relationId]);
  }
  const owners = new Map<string, Owner>();
  for (const [companyId, ids] of wanted) {
    const found = await db
      .selectFrom('master_data')
      .select(['external_id', 'code', 'name', 'details'])
      .where('connection_id', '=', connectionId)
      .where('company_id', '=', companyId)
      .where('kind', '=', 'relation')
      .where('external_id', 'in', [...new Set(ids)])
      .execute();
    for (const { external_id: id, code, name, details } of found) {
      const { isSupplier } = parseJson(factsSchema, details);
      const known = typeof isSupplier === 'boolean' ? isSupplier : null;
      owners.set(`${companyId}/${id}`, { code, name, isSupplier: known });
    }
  }
  return ({ companyId, details }) =>
    'relationId' in details ? (owners.get(`${companyId}/${details.relationId}`) ?? null) : null;
}
