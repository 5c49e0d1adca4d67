import { unquoted } from './identity-resources.ts';
import { type Kind, kinds } from '../books/kinds.ts';
import { address, listPage, longPage, plainPage } from './lists.ts';
import { oneRowList, parseQuery, type Query, rowJson, type Shape } from './odata.ts';
import { parseLiteral } from './filter.ts';
import { badRequest, forbidden, notFound } from '../refusal.ts';
import { hits } from './reply-trouble.ts';
import type { Call, ResourcesDeps } from './resources.ts';
import { type RowList, rowListOf } from '../books/row-list.ts';

const none = rowListOf([]);

/** Sync resources: pages of a thousand by row version, and no filter but on it. */
export function syncRows(kind: Kind, call: Call, deps: ResourcesDeps): Buffer {
  const query = parseQuery(call.query);
  if (query.filter?.fields.some((field) => field !== 'Timestamp')) {
    throw badRequest('This $filter parameter is not supported for this resource');
  }
  const shape: Shape = {
    address: address(call),
    type: `Exact.Web.Api.Models.Sync.${kind.model}`,
    hidden: kind.notInSync,
    key: (row) => `${String(row['Timestamp'])}L`,
  };
  const rows = () => deps.books.byVersion(call.division, kind.id);
  return page(kind, call, deps, rows, { query, size: longPage, key: 'Timestamp', shape });
}

/** Plain resources: pages of sixty by id. */
export function plainRows(kind: Kind, call: Call, deps: ResourcesDeps): Buffer {
  const query = parseQuery(call.query);
  if (kind.wide && !query.selected && query.top !== 1) throw needsSelect();
  demandFilter(kind, query, deps);
  const rows = () => deps.books.byId(call.division, kind.id);
  return page(kind, call, deps, rows, { query, size: plainPage, key: 'ID', shape: plainShape(kind, call) });
}

/** Bulk resources: the plain ones in pages of a thousand, `$select` demanded, few fields to filter on. */
export function bulkRows(kind: Kind, call: Call, deps: ResourcesDeps): Buffer {
  const query = parseQuery(call.query);
  if (!query.selected) throw needsSelect();
  const wrong = query.filter?.fields.filter((field) => !kind.bulk?.filters.includes(field)) ?? [];
  if (wrong.length > 0) throw badRequest(`Filtering on these fields is not supported: ${wrong.join(', ')}`);
  demandFilter(kind, query, deps);
  const shape = { ...plainShape(kind, call), type: `Exact.Web.Api.Models.Bulk.${kind.model}` };
  const rows = () => deps.books.byId(call.division, kind.id);
  return page(kind, call, deps, rows, { query, size: longPage, key: 'ID', shape });
}

export function oneRow(kind: Kind, id: string, call: Call, deps: ResourcesDeps): object {
  const rows = readable(kind, call, deps) ? deps.books.byId(call.division, kind.id) : none;
  for (let at = 0; at < rows.length; at += 1) {
    if (rows.id(at) !== id) continue;
    return { d: rowJson(rows.row(at), plainShape(kind, call), parseQuery(call.query).select) };
  }
  throw notFound('Resource not found.');
}

/** The log of deletions: only of kinds with a sync twin, and kept for two months (vendor's words on sync/Deleted). */
export function deletedRows(call: Call, { books, people, now, store }: ResourcesDeps): object {
  const query = parseQuery(call.query);
  if (query.filter?.fields.some((field) => field !== 'Timestamp' && field !== 'EntityType')) {
    throw badRequest('This $filter parameter is not supported for this resource');
  }
  const oldest = now() - 61 * 86_400_000;
  const hidden = kinds.filter((kind) => people.denial(call.person, call.division, kind.id));
  const rows = books
    .deleted(call.division)
    .filter((row) => (row['DeletedDate'] as Date).getTime() >= oldest)
    .filter((row) => !hidden.some((kind) => kind.entityType === row['EntityType']));
  const shape: Shape = {
    address: address(call),
    type: 'Exact.Web.Api.Models.Sync.Deleted',
    key: (row) => `${String(row['Timestamp'])}L`,
  };
  const repeat = hits(store, 'repeated-page', call);
  return listPage(rowListOf(rows), call, { query, size: longPage, key: 'Timestamp', shape, repeat });
}

/**
 * The row version to start at for a date: all rows modified since have a higher one (fields: picqer SyncTimestamp). A
 * list of one row; other clients saw an object, so both are to be expected.
 */
export function syncTimestamp(call: Call, deps: ResourcesDeps): object {
  const modified = parseLiteral(call.query['modified'] ?? '');
  const name = unquoted(call.query['endPoint'] ?? call.query['endpoint']);
  if (!(modified instanceof Date)) throw badRequest('The modified date is mandatory.');
  const kind = kinds.find(({ sync }) => sync?.toLowerCase().endsWith(`/${name.toLowerCase()}`));
  if (!kind) throw badRequest(`The endPoint '${name}' is not supported.`);
  const rows = readable(kind, call, deps) ? deps.books.byVersion(call.division, kind.id) : none;
  let before = 1;
  for (let at = 0; at < rows.length; at += 1) {
    if (rows.modified(at) >= modified.getTime()) break;
    before = rows.timestamp(at);
  }
  const row = { Modified: modified, API: name, TimeStampAsBigInt: before };
  const shape: Shape = {
    address: address(call),
    type: 'Exact.Web.Api.Models.Sync.SyncTimestamp',
    key: () => `'${name}'`,
  };
  return oneRowList(rowJson(row, shape, null));
}

/** Rendered once for a user who may read it; an empty list costs nothing. */
function page(
  kind: Kind,
  call: Call,
  deps: ResourcesDeps,
  rows: () => RowList,
  asked: { query: Query; size: number; key: 'Timestamp' | 'ID'; shape: Shape },
): Buffer {
  const allowed = readable(kind, call, deps);
  const repeat = hits(deps.store, 'repeated-page', call);
  const make = () => listPage(allowed ? rows() : none, call, { ...asked, repeat });
  const { division, query, topOneBare } = call;
  const version = deps.books.version(division, kind.id);
  const name = `${version} ${allowed} ${repeat} ${topOneBare} ${address(call)} ${JSON.stringify(query)}`;
  return deps.pages.page(name, make);
}

/**
 * "Mandatory filtering on single and bulk endpoints where sync APIs are available" (vendor's page "API limits"). The
 * words: picqer issue 591. Which fields count differs per resource and is not modelled: any filter does.
 */
function demandFilter(kind: Kind, query: Query, { mandatoryFilter }: ResourcesDeps): void {
  if (!mandatoryFilter || kind.sync === null || query.filter) return;
  throw badRequest(
    'This endpoint has mandatory filtering applied. A GET request for this endpoint must have a $filter parameter ' +
      `with one of the following fields in the url:${kind.bulk?.filters.join(',') ?? 'ID,Code,Created,Modified'}`,
  );
}

function needsSelect() {
  return badRequest('Please add a $select or a $top=1 statement to the query string.');
}

/** A missing right shows as an empty list (vendor's tips page) or, when the switch says so, as 403. */
function readable(kind: Kind, call: Call, { people }: ResourcesDeps): boolean {
  const denial = people.denial(call.person, call.division, kind.id);
  if (denial?.how === 'forbidden') throw forbidden();
  return denial === null;
}

function plainShape(kind: Kind, call: Call): Shape {
  return {
    address: `${call.base}/api/v1/${call.division}/${kind.plain}`,
    type: `Exact.Web.Api.Models.${kind.model}`,
    hidden: ['Timestamp'],
    key: (row) => `guid'${String(row['ID'])}'`,
  };
}
