import type { RawBuilder } from 'kysely';
import type { PageWrite } from './page-write.ts';
import type { PageId } from '../database/sql-of-dialect.ts';

/**
 * The rows of a company and kind that are there among those of a page: `stored` beside `page`. A cross join, because its
 * order is given: SQLite would read the whole company once per row of the page (sqlite.org/optoverview.html, 7.2).
 */
export function storedAmong({ trx, key }: Pick<PageWrite, 'trx' | 'key'>, page: RawBuilder<PageId>) {
  return trx
    .selectFrom(page.as('page'))
    .crossJoin('master_data as stored')
    .where('stored.connection_id', '=', key.connectionId)
    .where('stored.company_id', '=', key.companyId)
    .where('stored.kind', '=', key.kind)
    .whereRef('stored.external_id', '=', 'page.external_id');
}
