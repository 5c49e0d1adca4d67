import type { Kysely } from 'kysely';
import { createNewsCount, newsKinds, newsOf, type MasterDataNews } from '../domain/master-data-news.ts';
import type { Moment } from '../domain/master-data.ts';
import { readRows, type FeedScope, type StoredRow } from './master-data-read.ts';
import type { Schema } from './schema.ts';

export interface NewsQuery extends Omit<FeedScope, 'kind'> {
  since: Moment;
  /** Of how many rows of each subject of a company more is told than their number. */
  mostOfEach: number;
}

/**
 * See MasterDataStore. Page by page, so that a weekend of changes needs hardly more memory than an hour of them; a row that
 * changes meanwhile moves to the end and comes again.
 */
export async function readNews(
  db: Kysely<Schema>,
  { since, mostOfEach, ...scope }: NewsQuery,
): Promise<MasterDataNews> {
  const count = createNewsCount(mostOfEach);
  const isFirst = await firstTime(db, scope.connectionId);
  let broughtIn = 0;
  const asked = { ...scope, kinds: newsKinds, changedSince: since, withDeleted: true, limit: 1000 };
  for (let after = 0, more = true; more;) {
    const page = await readRows(db, { ...asked, after });
    for (const row of page.rows) {
      if (row.firstSeenAt >= since && isFirst(row)) {
        broughtIn += row.deletedAt === null ? 1 : 0;
        continue;
      }
      const news = newsOf(row, since);
      if (news) count.add(row, news);
    }
    ({ next: after, more } = page);
  }
  return { ofCompanies: count.result(), broughtIn };
}

/** Whether a row came when its kind of its company was brought in for the first time. */
async function firstTime(db: Kysely<Schema>, connectionId: string): Promise<(row: StoredRow) => boolean> {
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
