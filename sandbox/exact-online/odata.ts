import type { Value } from './book-fields.ts';
import type { Row } from './books.ts';
import { type Filter, parseFilter, parseLiteral } from './filter.ts';
import { badRequest } from './refusal.ts';

/** The system query options of one call. */
export interface Query {
  select: readonly string[] | null;
  filter: Filter | null;
  top: number | null;
  skipToken: NonNullable<Value> | null;
  orderBy: { field: string; descending: boolean } | null;
  counted: boolean;
}

const options = new Set([
  '$select',
  '$filter',
  '$top',
  '$skiptoken',
  '$orderby',
  '$inlinecount',
  '$expand',
  '$format',
]);

/**
 * Reads the query options.
 * @throws Refusal 400 for an unknown option or a value that cannot be read
 */
export function parseQuery(raw: Record<string, string | undefined>): Query {
  const unknown = Object.keys(raw).find((name) => name.startsWith('$') && !options.has(name));
  if (unknown) throw badRequest(`The query option ${unknown} is not supported.`);
  const { $select, $filter, $top, $skiptoken, $orderby } = raw;
  if ($top !== undefined && !/^\d+$/.test($top)) throw badRequest('$top must be a whole number.');
  return {
    select: $select ? $select.split(',').map((field) => field.trim()) : null,
    filter: $filter ? parseFilter($filter) : null,
    top: $top === undefined ? null : Number($top),
    skipToken: $skiptoken === undefined ? null : parseSkipToken($skiptoken),
    orderBy: $orderby ? parseOrder($orderby) : null,
    counted: raw['$inlinecount'] === 'allpages',
  };
}

function parseSkipToken(text: string): NonNullable<Value> {
  const value = parseLiteral(text);
  if (value === undefined || value === null) throw badRequest('$skiptoken cannot be read.');
  return value;
}

function parseOrder(text: string): { field: string; descending: boolean } {
  const match = /^(\w+)(?:\s+(asc|desc))?$/i.exec(text.trim());
  if (!match?.[1]) throw badRequest('Only one field is supported in $orderby.');
  return { field: match[1], descending: match[2]?.toLowerCase() === 'desc' };
}

export interface Page {
  rows: Row[];
  /** What to put in `$skiptoken` for the next page, or null on the last one. */
  next: string | null;
  count: number;
}

/**
 * Cuts one page: rows that pass the filter, after the `$skiptoken`, at most `size` and `$top`.
 * `key` says what the token is: the row version on sync resources, the id on plain ones.
 */
export function cutPage(rows: readonly Row[], query: Query, size: number, key: 'Timestamp' | 'ID'): Page {
  const filter = query.filter;
  const passing = inOrder(filter ? rows.filter((row) => filter.passes(row)) : rows, query.orderBy);
  const start =
    query.skipToken === null ? 0 : startAfter(passing, query.skipToken, key, query.orderBy !== null);
  const length = Math.min(size, query.top ?? size);
  const page = passing.slice(start, start + length);
  const last = page.at(-1);
  const more = start + page.length < passing.length && (query.top === null || query.top > size);
  const token = key === 'ID' ? `guid'${last?.ID ?? ''}'` : `${last?.Timestamp ?? 0}L`;
  return { rows: page, next: more && last ? token : null, count: passing.length };
}

function inOrder(rows: readonly Row[], order: Query['orderBy']): readonly Row[] {
  if (!order) return rows;
  const sign = order.descending ? -1 : 1;
  const value = (row: Row) => {
    const found = row[order.field];
    if (found === undefined) throw badRequest(`No property '${order.field}' exists in this type.`);
    return found instanceof Date ? found.getTime() : (found ?? '');
  };
  return rows.toSorted((one, other) =>
    value(one) < value(other) ? -sign : value(one) > value(other) ? sign : 0,
  );
}

function startAfter(
  rows: readonly Row[],
  token: NonNullable<Value>,
  key: 'Timestamp' | 'ID',
  reordered: boolean,
): number {
  const found = reordered
    ? rows.findIndex((row) => row[key] === token) + 1
    : rows.findIndex((row) => row[key] > token);
  if (reordered && found === 0) throw badRequest('$skiptoken points at a row that is gone.');
  return found === -1 ? rows.length : found;
}

/** How one resource names its rows. */
export interface Shape {
  /** Absolute address of the resource. */
  address: string;
  type: string;
  /** The fields that are shown when there is no `$select`. */
  hidden?: readonly string[];
  key(row: Record<string, Value>): string;
}

/** One row as JSON: `__metadata`, the selected fields, dates as `/Date(ms)/`. */
export function rowJson(row: Record<string, Value>, shape: Shape, select: readonly string[] | null): object {
  const json: Record<string, unknown> = {
    __metadata: { uri: `${shape.address}(${shape.key(row)})`, type: shape.type },
  };
  for (const field of select ?? Object.keys(row)) {
    const value = row[field];
    if (shape.hidden?.includes(field) || value === undefined) {
      if (select) throw badRequest(`No property '${field}' exists in this type.`);
      continue;
    }
    json[field] = value instanceof Date ? `/Date(${value.getTime()})/` : value;
  }
  return json;
}

/**
 * The list envelope: `{"d":{"results":[…],"__next":"…"}}`, but a bare array when `$top` asks for less than a page and
 * more than one row; nothing else beside them unless the count was asked for (strict clients refuse more).
 */
export function listJson(
  rows: readonly object[],
  about: { size: number; top: number | null; next: string | null; count: number | null },
): object {
  const bare = about.top !== null && about.top > 1 && about.top < about.size && about.count === null;
  if (bare) return { d: rows };
  return {
    d: {
      results: rows,
      ...(about.count === null ? {} : { __count: String(about.count) }),
      ...(about.next === null ? {} : { __next: about.next }),
    },
  };
}
