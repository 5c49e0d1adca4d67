import type { Value } from '../books/book-fields.ts';
import { type Filter, parseFilter, parseLiteral } from './filter.ts';
import { badRequest } from '../refusal.ts';

/** The system query options of one call. */
export interface Query {
  /** Null for every field: without `$select`, or with `$select=*`. */
  select: readonly string[] | null;
  /** Whether there was a `$select` at all. */
  selected: boolean;
  filter: Filter | null;
  top: number | null;
  skip: number;
  skipToken: NonNullable<Value> | null;
  orderBy: { field: string; descending: boolean } | null;
  counted: boolean;
}

const options = new Set([
  '$select',
  '$filter',
  '$top',
  '$skip',
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
  const { $select, $filter, $skiptoken, $orderby } = raw;
  return {
    select: $select && $select.trim() !== '*' ? $select.split(',').map((field) => field.trim()) : null,
    selected: Boolean($select),
    filter: $filter ? parseFilter($filter) : null,
    top: wholeNumber('$top', raw),
    skip: wholeNumber('$skip', raw) ?? 0,
    skipToken: $skiptoken === undefined ? null : parseSkipToken($skiptoken),
    orderBy: $orderby ? parseOrder($orderby) : null,
    counted: raw['$inlinecount'] === 'allpages',
  };
}

function wholeNumber(option: string, { [option]: text }: Record<string, string | undefined>): number | null {
  if (text === undefined) return null;
  if (!/^\d+$/.test(text)) throw badRequest(`${option} must be a whole number.`);
  return Number(text);
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

/** How one resource names its rows. */
export interface Shape {
  /** Absolute address of the resource. */
  address: string;
  type: string;
  /** The fields that are shown when there is no `$select`. */
  hidden?: readonly string[];
  key(row: Record<string, Value>): string;
}

/**
 * Edm.Int64 by the vendor's reference (as kept in Pi-Systems/exact-online). It is text in OData 2 JSON: `Legislation` of
 * `current/Me` was recorded so, and a later client reads `Timestamp` from text (`SupportsSync`, ExactOnline.Client.Models).
 */
const int64Fields = new Set(['Timestamp', 'TimeStampAsBigInt', 'Legislation']);

/** One row as JSON: `__metadata`, the selected fields, dates as `/Date(ms)/`, Edm.Int64 as text. */
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
    json[field] = written(field, value);
  }
  return json;
}

function written(field: string, value: Value): unknown {
  if (value instanceof Date) return `/Date(${value.getTime()})/`;
  return typeof value === 'number' && int64Fields.has(field) ? String(value) : value;
}

/**
 * The list envelope: `{"d":{"results":[…],"__next":"…"}}`, but a bare array when `$top` asks for less than a page;
 * nothing else beside them unless the count was asked for (strict clients refuse more). Whether `$top=1` is answered
 * with a bare array as well is disputed: `topOneBare`.
 */
export function listJson(
  rows: readonly object[],
  about: { size: number; top: number | null; topOneBare: boolean; next: string | null; count: number | null },
): object {
  const { top, size, topOneBare } = about;
  const bare = top !== null && top >= (topOneBare ? 1 : 2) && top < size && about.count === null;
  if (bare) return { d: rows };
  return {
    d: {
      results: rows,
      ...(about.count === null ? {} : { __count: String(about.count) }),
      ...(about.next === null ? {} : { __next: about.next }),
    },
  };
}

/** The list of what there is one of. */
export function oneRowList(row: object): object {
  return listJson([row], { size: 1, top: null, topOneBare: false, next: null, count: null });
}
