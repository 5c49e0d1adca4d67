import { listJson, parseQuery, type Query, rowJson, type Shape } from './odata.ts';
import { cutPage } from './paging.ts';
import { badRequest } from '../refusal.ts';
import type { Call } from './resources.ts';
import type { RowList } from '../books/row-list.ts';

export const plainPage = 60;
/** Sync and bulk: "a maximum of 1,000 records per API call" (vendor's page "API limits"). */
export const longPage = 1000;

export function address(call: Call): string {
  return `${call.base}/api/v1/${call.division}/${call.resource}`;
}

/** One page of a list, with the address of the next one. `repeat`: that address is the page's own (a switch). */
export function listPage(
  rows: RowList,
  call: Call,
  asked: { query?: Query; size: number; key: 'Timestamp' | 'ID'; shape: Shape; repeat: boolean },
): object {
  const { size, key, shape, repeat } = asked;
  const query = asked.query ?? parseQuery(call.query);
  const hidden = query.filter?.fields.find((field) => shape.hidden?.includes(field));
  if (hidden) throw badRequest(`No property '${hidden}' exists in this type.`);
  const page = cutPage(rows, query, size, key);
  const json = page.rows.map((row) => rowJson(row, shape, query.select));
  const next = repeat ? ownAddress(call) : page.next && nextAddress(call, query, size, page.next);
  const { topOneBare } = call;
  return listJson(json, { size, top: query.top, topOneBare, next, count: query.counted ? page.count : null });
}

function ownAddress(call: Call): string {
  return `${address(call)}?${written(Object.entries(call.query))}`;
}

function nextAddress(call: Call, query: Query, size: number, token: string): string {
  const kept = Object.entries(call.query).filter(([name]) => !['$skiptoken', '$top', '$skip'].includes(name));
  const left: [string, string][] = query.top === null ? [] : [['$top', String(query.top - size)]];
  return `${address(call)}?${written([...kept, ...left, ['$skiptoken', token]])}`;
}

function written(pairs: [string, string | undefined][]): string {
  return pairs.map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`).join('&');
}
