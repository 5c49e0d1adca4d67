import type { Fields } from '../books/book-fields.ts';
import type { Row } from '../books/books.ts';
import { type Company, divisionFields, hrmDivisionFields, meFields } from './divisions.ts';
import { findKind } from '../books/kinds.ts';
import { address, listPage, plainPage } from './lists.ts';
import { oneRowList, parseQuery, rowJson, type Shape } from './odata.ts';
import { isPurchaseEntries, mayNotBook } from './purchase-entries.ts';
import { badRequest } from '../refusal.ts';
import type { Call, ResourcesDeps } from './resources.ts';
import { rowListOf } from '../books/row-list.ts';

/** `current/Me`: the user of the token. */
export function me(call: Call, { divisions, now }: ResourcesDeps): object {
  const fields = meFields(call.person, divisions.all(), now());
  const shape: Shape = {
    address: `${call.base}/api/v1/current/Me`,
    type: 'Exact.Web.Api.System.Me',
    key: (row) => `guid'${String(row['UserID'])}'`,
  };
  const { select } = parseQuery(call.query);
  return oneRowList(rowJson(fields, shape, select));
}

/**
 * `Divisions` lists what this user reaches; `AllDivisions` everything of the licence. Both are cut to the companies that
 * the consent covers (vendor's texts in Pi-Systems/exact-online).
 */
export function divisionList(name: string, call: Call, { divisions }: ResourcesDeps): object {
  const companies = name === 'system/alldivisions' ? divisions.all() : divisions.reachedBy(call.person);
  const toFields = (company: Company, index: number): Fields =>
    name === 'hrm/divisions' ? hrmDivisionFields(company, index === 0) : divisionFields(company, index === 0);
  const rows = companies
    .filter(({ division }) => call.covers(division))
    .map(toFields)
    .map((fields): Row => ({ ...fields, ID: '', Timestamp: Number(fields['Code']) }))
    .sort((one, other) => one.Timestamp - other.Timestamp);
  const shape: Shape = {
    address: address(call),
    type: name === 'hrm/divisions' ? 'Exact.Web.Api.Models.HRM.Division' : 'Exact.Web.Api.System.Division',
    hidden: ['ID', 'Timestamp'],
    key: (row) => String(row['Code']),
  };
  return listPage(rowListOf(rows), call, { size: plainPage, key: 'Timestamp', shape, repeat: false });
}

/** Both spellings that clients use: `action='GET'` (picqer, vendor's page) and `method=GET` (mcnijman). */
export function userHasRights(call: Call, deps: ResourcesDeps): object {
  const asked = unquoted(call.query['endpoint']);
  const action = unquoted(call.query['action'] ?? call.query['method']).toUpperCase();
  if (!['GET', 'POST', 'PUT', 'DELETE'].includes(action))
    throw badRequest('The action must be GET, POST, PUT or DELETE.');
  if (isPurchaseEntries(asked)) return { d: { UserHasRights: !mayNotBook(call, deps) } };
  const kind = findKind(asked);
  if (!kind) throw badRequest(`The endpoint '${asked}' is not known.`);
  const may = action === 'GET' && !deps.people.denial(call.person, call.division, kind.id);
  return { d: { UserHasRights: may } };
}

export function unquoted(text: string | undefined): string {
  return text?.replace(/^'(.*)'$/, '$1') ?? '';
}
