import type { Books, Row } from './books.ts';
import type { Fields } from './book-fields.ts';
import { type Company, divisionFields, type Divisions, hrmDivisionFields, meFields } from './divisions.ts';
import { findKind, type Kind, kinds } from './kinds.ts';
import { cutPage, listJson, parseQuery, type Query, rowJson, type Shape } from './odata.ts';
import type { People, Person } from './people.ts';
import { badRequest, forbidden, notFound } from './refusal.ts';

/** One authorised call, after the checks of the gate. */
export interface Call {
  person: Person;
  /** Path after `/api/v1/{division}/`, or after `/api/v1/` for `current/Me`. */
  resource: string;
  division: number;
  query: Record<string, string | undefined>;
  /** Address of the sandbox, e.g. `http://127.0.0.1:8090`. */
  base: string;
}

export interface ResourcesDeps {
  books: Books;
  divisions: Divisions;
  people: People;
  now: () => number;
}

const plainPage = 60;
const syncPage = 1000;

/** Resources that list companies answer whatever division is in the path (vendor support, picqer issue 470). */
export const divisionLists = ['system/divisions', 'system/alldivisions', 'hrm/divisions'];

/** What the resources answer. Each answer is a JSON object; every refusal is thrown. */
export function createResources(deps: ResourcesDeps): (call: Call) => object {
  return (call) => {
    const name = call.resource.toLowerCase();
    if (name === 'current/me') return me(call, deps);
    if (divisionLists.includes(name)) return divisionList(name, call, deps);
    if (name === 'users/userhasrights') return userHasRights(call, deps);
    if (name === 'sync/deleted') return deletedRows(call, deps);
    const keyed = /^(.+)\((?:guid)?'([0-9a-f-]{36})'\)$/i.exec(call.resource);
    const kind = findKind(keyed?.[1] ?? call.resource);
    if (!kind || kind.id === name) throw notFound('Resource not found.');
    if (keyed?.[2]) return oneRow(kind, keyed[2].toLowerCase(), call, deps);
    return name.startsWith('sync/') ? syncRows(kind, call, deps) : plainRows(kind, call, deps);
  };
}

function me(call: Call, { divisions, now }: ResourcesDeps): object {
  const fields = meFields(call.person, divisions.all(), now());
  const shape: Shape = {
    address: `${call.base}/api/v1/current/Me`,
    type: 'Exact.Web.Api.System.Me',
    key: (row) => `guid'${String(row['UserID'])}'`,
  };
  const { select } = parseQuery(call.query);
  return listJson([rowJson(fields, shape, select)], { size: plainPage, top: null, next: null, count: null });
}

/** `Divisions` lists what this user reaches; `AllDivisions` everything of the licence. */
function divisionList(name: string, call: Call, { divisions }: ResourcesDeps): object {
  const companies = name === 'system/alldivisions' ? divisions.all() : divisions.reachedBy(call.person);
  const toFields = (company: Company, index: number): Fields =>
    name === 'hrm/divisions' ? hrmDivisionFields(company, index === 0) : divisionFields(company, index === 0);
  const query = parseQuery(call.query);
  const rows = companies
    .map(toFields)
    .map((fields): Row => ({ ...fields, ID: '', Timestamp: Number(fields['Code']) }))
    .sort((one, other) => one.Timestamp - other.Timestamp);
  const shape: Shape = {
    address: address(call),
    type: name === 'hrm/divisions' ? 'Exact.Web.Api.Models.HRM.Division' : 'Exact.Web.Api.System.Division',
    hidden: ['ID', 'Timestamp'],
    key: (row) => String(row['Code']),
  };
  return list(rows, call, query, { size: plainPage, key: 'Timestamp', shape });
}

/** Both spellings that clients use: `action='GET'` (picqer, vendor's page) and `method=GET` (mcnijman). */
function userHasRights(call: Call, { people }: ResourcesDeps): object {
  const asked = call.query['endpoint']?.replace(/^'(.*)'$/, '$1') ?? '';
  const action = (call.query['action'] ?? call.query['method'] ?? '').replace(/^'(.*)'$/, '$1').toUpperCase();
  if (!['GET', 'POST', 'PUT', 'DELETE'].includes(action))
    throw badRequest('The action must be GET, POST, PUT or DELETE.');
  const kind = findKind(asked);
  if (!kind) throw badRequest(`The endpoint '${asked}' is not known.`);
  const may = action === 'GET' && !people.denial(call.person, call.division, kind.id);
  return { d: { UserHasRights: may } };
}

function syncRows(kind: Kind, call: Call, deps: ResourcesDeps): object {
  const query = parseQuery(call.query);
  if (query.filter?.fields.some((field) => field !== 'Timestamp')) {
    throw badRequest('This $filter parameter is not supported for this resource');
  }
  const rows = readable(kind, call, deps) ? deps.books.rows(call.division, kind.id) : [];
  const shape: Shape = {
    address: address(call),
    type: `Exact.Web.Api.Models.Sync.${kind.model}`,
    key: (row) => `${String(row['Timestamp'])}L`,
  };
  return list(rows, call, query, { size: syncPage, key: 'Timestamp', shape });
}

function plainRows(kind: Kind, call: Call, deps: ResourcesDeps): object {
  const query = parseQuery(call.query);
  if (kind.wide && !query.select && query.top !== 1) {
    throw badRequest('Please add a $select or a $top=1 statement to the query string.');
  }
  const rows = readable(kind, call, deps) ? deps.books.rowsById(call.division, kind.id) : [];
  return list(rows, call, query, { size: plainPage, key: 'ID', shape: plainShape(kind, call) });
}

function oneRow(kind: Kind, id: string, call: Call, deps: ResourcesDeps): object {
  const rows = readable(kind, call, deps) ? deps.books.rowsById(call.division, kind.id) : [];
  const found = rows.find((row) => row.ID === id);
  if (!found) throw notFound('Resource not found.');
  return { d: rowJson(found, plainShape(kind, call), parseQuery(call.query).select) };
}

/** The log of deletions: only of kinds with a sync twin, and kept for two months (vendor's words on sync/Deleted). */
function deletedRows(call: Call, { books, people, now }: ResourcesDeps): object {
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
  return list(rows, call, query, { size: syncPage, key: 'Timestamp', shape });
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

function address(call: Call): string {
  return `${call.base}/api/v1/${call.division}/${call.resource}`;
}

function list(
  rows: readonly Row[],
  call: Call,
  query: Query,
  { size, key, shape }: { size: number; key: 'Timestamp' | 'ID'; shape: Shape },
): object {
  const hidden = query.filter?.fields.find((field) => shape.hidden?.includes(field));
  if (hidden) throw badRequest(`No property '${hidden}' exists in this type.`);
  const page = cutPage(rows, query, size, key);
  const json = page.rows.map((row) => rowJson(row, shape, query.select));
  const next = page.next === null ? null : nextAddress(call, query, size, page.next);
  return listJson(json, { size, top: query.top, next, count: query.counted ? page.count : null });
}

function nextAddress(call: Call, query: Query, size: number, token: string): string {
  const kept = Object.entries(call.query).filter(([name]) => name !== '$skiptoken' && name !== '$top');
  const left = query.top === null ? [] : [['$top', String(query.top - size)]];
  const pairs = [...kept, ...left, ['$skiptoken', token]];
  return `${address(call)}?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`).join('&')}`;
}
