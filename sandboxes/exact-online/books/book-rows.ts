import { type Fields, fieldsOf } from './book-fields.ts';
import * as lists from './book-lists.ts';
import type { CompanyBook } from './books.ts';
import type { KindId } from './kinds.ts';
import { createRandom } from './random.ts';

/** How many rows a kind has in one company, when the long lists have `rows`. */
export function rowCount(kind: KindId, company: CompanyBook, rows: number): number {
  switch (kind) {
    case 'vat-code':
      return lists.vatLists[company.country].length;
    case 'journal':
      return lists.journalList.length;
    case 'payment-condition':
      return lists.paymentList.length;
    case 'cost-centre':
    case 'cost-unit':
      return Math.max(3, Math.ceil(rows / 5));
    case 'project':
      return Math.max(2, Math.ceil(rows / 2));
    case 'gl-account':
      return Math.max(rows, lists.charts[company.country].length);
    case 'relation':
    case 'bank-account':
    case 'item':
      return rows;
  }
}

/** The fields of row `index` of a kind, without its id, version and dates. Always the same for the same seed. */
export function rowFields(
  kind: KindId,
  company: CompanyBook,
  index: number,
  seed: string,
  rows: number,
): Fields {
  const random = createRandom(`${seed}/${company.division}/${kind}/${index}`);
  const relation = (at: number) => rowFields('relation', company, at, seed, rows);
  return fieldsOf[kind](index, { company, random, rows, relation });
}
