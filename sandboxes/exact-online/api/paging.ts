import type { Row } from '../books/books.ts';
import type { Filter } from './filter.ts';
import type { Query } from './odata.ts';
import { badRequest } from '../refusal.ts';
import { lightFields, reordered, type RowList } from '../books/row-list.ts';

export interface Page {
  rows: Row[];
  /** What to put in `$skiptoken` for the next page, or null on the last one. */
  next: string | null;
  count: number;
}

/**
 * Cuts one page: rows that pass the filter, after the `$skiptoken` and without the first `$skip`, at most `size` and
 * `$top`. Rows are looked at only as far as the page needs. `key` says what the token is: the row version on sync resources, the id on plain ones.
 */
export function cutPage(rows: RowList, query: Query, size: number, key: 'Timestamp' | 'ID'): Page {
  const passes = testOf(rows, query.filter);
  const length = Math.min(size, query.top ?? size);
  const arranged = query.orderBy ? inOrder(rows, query.orderBy, passes) : null;
  const among = arranged ? reordered(rows, arranged) : rows;
  const found: number[] = [];
  let left = query.skip;
  for (let at = startAfter(among, query.skipToken, key, arranged !== null); at < among.length; at += 1) {
    if (arranged === null && !passes(at)) continue;
    if ((left -= 1) >= 0) continue;
    found.push(at);
    if (found.length > length) break;
  }
  const more = found.length > length && (query.top === null || query.top > size);
  const places = found.slice(0, length);
  const last = places.at(-1);
  const token =
    last === undefined ? null : key === 'ID' ? `guid'${among.id(last)}'` : `${among.timestamp(last)}L`;
  return {
    rows: places.map((at) => among.row(at)),
    next: more ? token : null,
    count: query.counted ? (arranged?.length ?? counted(rows, passes)) : 0,
  };
}

function counted(rows: RowList, passes: (at: number) => boolean): number {
  let count = 0;
  for (let at = 0; at < rows.length; at += 1) if (passes(at)) count += 1;
  return count;
}

/** Whether the row at a place passes; a filter on nothing but the light fields makes no row. */
function testOf(rows: RowList, filter: Filter | null): (at: number) => boolean {
  if (!filter) return () => true;
  if (!filter.fields.every((field) => lightFields.includes(field)))
    return (at) => filter.passes(rows.row(at));
  const wantsId = filter.fields.includes('ID');
  return (at) =>
    filter.passes({
      Timestamp: rows.timestamp(at),
      Modified: new Date(rows.modified(at)),
      ID: wantsId ? rows.id(at) : '',
    });
}

function inOrder(
  rows: RowList,
  order: NonNullable<Query['orderBy']>,
  passes: (at: number) => boolean,
): number[] {
  const sign = order.descending ? -1 : 1;
  const found: { at: number; value: string | number | boolean }[] = [];
  for (let at = 0; at < rows.length; at += 1) {
    if (!passes(at)) continue;
    const value = rows.row(at)[order.field];
    if (value === undefined) throw badRequest(`No property '${order.field}' exists in this type.`);
    found.push({ at, value: value instanceof Date ? value.getTime() : (value ?? '') });
  }
  found.sort((one, other) => (one.value < other.value ? -sign : one.value > other.value ? sign : 0));
  return found.map(({ at }) => at);
}

/** The first place after the token: by bisection in the order of the key, else behind the row the token names. */
function startAfter(
  rows: RowList,
  token: Query['skipToken'],
  key: 'Timestamp' | 'ID',
  rearranged: boolean,
): number {
  if (token === null) return 0;
  const keyAt = (at: number) => (key === 'ID' ? rows.id(at) : rows.timestamp(at));
  if (typeof token !== (key === 'ID' ? 'string' : 'number')) throw badRequest('$skiptoken cannot be read.');
  if (rearranged) {
    for (let at = 0; at < rows.length; at += 1) if (keyAt(at) === token) return at + 1;
    throw badRequest('$skiptoken points at a row that is gone.');
  }
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keyAt(middle) > token) high = middle;
    else low = middle + 1;
  }
  return low;
}
