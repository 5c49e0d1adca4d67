import type { Books } from '../books/books.ts';
import type { Divisions } from './divisions.ts';
import { divisionList, me, userHasRights } from './identity-resources.ts';
import { findKind } from '../books/kinds.ts';
import type { PageCache } from './page-cache.ts';
import type { People, Person } from '../login/people.ts';
import { isPurchaseEntries, purchaseEntries } from './purchase-entries.ts';
import { notFound } from '../refusal.ts';
import { bulkRows, deletedRows, oneRow, plainRows, syncRows, syncTimestamp } from './row-resources.ts';
import type { Scope } from '../scopes.ts';
import type { StateStore } from '../state.ts';
import type { Webhooks } from './webhooks.ts';

/** One authorised call, after the checks of the gate. */
export interface Call {
  method: string;
  app: string;
  person: Person;
  /** Whether the consent covers a company. */
  covers(division: number): boolean;
  /** Path after `/api/v1/{division}/`, or after `/api/v1/` for `current/Me`. */
  resource: string;
  division: number;
  query: Record<string, string | undefined>;
  body: unknown;
  /** Address of the sandbox, e.g. `http://127.0.0.1:8090`. */
  base: string;
  /** Whether `$top=1` is answered with a bare array. */
  topOneBare: boolean;
}

export interface ResourcesDeps {
  books: Books;
  divisions: Divisions;
  people: People;
  pages: PageCache;
  webhooks: Webhooks;
  store: StateStore;
  now: () => number;
  /** Whether `$filter` is demanded where a sync twin exists. */
  mandatoryFilter: boolean;
}

/** What is answered: an object to be sent as JSON, JSON that is ready, plain text, or null for 204 without a body. */
export type Answer = { status: 200 | 201; body: object | Buffer | string } | { status: 204; body: null };

/** Resources that list companies answer whatever division is in the path (vendor support, picqer issue 470). */
export const divisionLists = ['system/divisions', 'system/alldivisions', 'hrm/divisions'];
const webhookPath = 'webhooks/webhooksubscriptions';
const timestampPath = 'read/sync/sync/synctimestamp';

/** The data scope a resource needs, null for none (`current/Me`: vendor's reference; the other two: assumed). */
export function scopeOf(resource: string): Scope | null {
  const name = unkeyed(resource).toLowerCase();
  if (['current/me', 'users/userhasrights', timestampPath].includes(name)) return null;
  if ([...divisionLists, webhookPath, 'sync/deleted'].includes(name)) return 'organization.administration';
  if (isPurchaseEntries(name)) return 'purchase.invoices';
  return findKind(name)?.scope ?? null;
}

/** `crm/Accounts` of `crm/Accounts(guid'…')` and of `crm/Accounts/$count`. */
export function unkeyed(resource: string): string {
  return keyed.exec(resource)?.[1] ?? resource.replace(countEnd, '');
}
const keyed = /^(.+)\((?:guid)?'([0-9a-f-]{36})'\)$/i;

/** `…/$count` */
export function isCount(resource: string): boolean {
  return countEnd.test(resource);
}
const countEnd = /\/\$count$/i;

/** What the resources answer. Every refusal is thrown. */
export function createResources(deps: ResourcesDeps): (call: Call) => Answer {
  const answer = (call: Call): Answer => {
    const name = unkeyed(call.resource).toLowerCase();
    const key = keyed.exec(call.resource)?.[2]?.toLowerCase() ?? null;
    if (name === webhookPath) return deps.webhooks.answer(call, key);
    if (isPurchaseEntries(name)) return purchaseEntries(call, deps);
    return { status: 200, body: read(name, key, call, deps) };
  };
  return (call) => (isCount(call.resource) ? count(call, answer) : answer(call));
}

/**
 * `…/$count`: how many rows pass the filter, as plain text (`ApiConnection.Count` of the vendor's dotnet client). What a
 * list says of itself with `$inlinecount=allpages` is the same number.
 */
function count(call: Call, answer: (call: Call) => Answer): Answer {
  const { $filter } = call.query;
  const query = { $filter, $select: '*', $top: '1', $inlinecount: 'allpages' };
  const { body } = answer({ ...call, method: 'GET', resource: unkeyed(call.resource), query });
  const { d } = (Buffer.isBuffer(body) ? JSON.parse(body.toString()) : body) as { d: { __count?: string } };
  if (d.__count === undefined) throw notFound('Resource not found.');
  return { status: 200, body: d.__count };
}

function read(name: string, key: string | null, call: Call, deps: ResourcesDeps): object | Buffer {
  if (name === 'current/me') return me(call, deps);
  if (divisionLists.includes(name)) return divisionList(name, call, deps);
  if (name === 'users/userhasrights') return userHasRights(call, deps);
  if (name === 'sync/deleted') return deletedRows(call, deps);
  if (name === timestampPath) return syncTimestamp(call, deps);
  const kind = findKind(name);
  if (!kind || kind.id === name) throw notFound('Resource not found.');
  if (key !== null) return oneRow(kind, key, call, deps);
  if (name.startsWith('sync/')) return syncRows(kind, call, deps);
  return name.startsWith('bulk/') ? bulkRows(kind, call, deps) : plainRows(kind, call, deps);
}
