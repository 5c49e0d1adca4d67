import type { Kysely } from 'kysely';
import { createNewsCount, newsKinds, newsOf, type NewsOfCompany } from '../domain/master-data-news.ts';
import type { Moment } from '../domain/master-data.ts';
import { readRows, type FeedScope } from './master-data-read.ts';
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
): Promise<NewsOfCompany[]> {
  const count = createNewsCount(mostOfEach);
  const asked = { ...scope, kinds: newsKinds, changedSince: since, withDeleted: true, limit: 1000 };
  for (let after = 0, more = true; more;) {
    const page = await readRows(db, { ...asked, after });
    for (const row of page.rows) {
      const news = newsOf(row, since);
      if (news) count.add(row, news);
    }
    ({ next: after, more } = page);
  }
  return count.result();
}
