import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { oldestSuccess } from '../../../domain/sync/freshness.ts';
import { isActiveOn, type Day } from '../../../domain/master-data.ts';
import { localDay } from '../../../domain/offices/working-hours.ts';
import type { FeedScope, RowsQuery, StoredRow } from '../../../store/sync/master-data-read.ts';
import type { WebDeps } from '../../deps.ts';
import { isKnown } from '../conditional.ts';
import { ambiguousCompany, noSuchCompany, noSuchConnection } from '../connections/connections.ts';
import { createFindCompany } from '../connections/find-company.ts';
import { ageOf, freshnessOf } from '../freshness.ts';
import type { Api } from '../openapi.ts';
import { placeText, type Place } from '../place.ts';
import { sendProblem } from '../problem.ts';
import {
  followChanges,
  getFreshness,
  listOfAllKinds,
  listOfOneKind,
  type change,
} from './schemas-master-data.ts';

type Query = z.infer<typeof listOfAllKinds.querystring>;

/** Master data over HTTP: rows by company and kind, the feed of changes, and how old all of it is. */
export function masterDataRoutes(app: Api, deps: WebDeps): void {
  const { store, publicUrl, freshness, now, office } = deps;
  const today = () => localDay(office.timeZone, now().getTime());
  const find = createFindCompany(store);

  app.get('/api/connections/:connection/master-data', { schema: listOfAllKinds }, (request, reply) =>
    sendRows(request, reply, { ...request.params, ...request.query }),
  );

  const ofOneKind = '/api/connections/:connection/companies/:company/master-data/:kind';
  app.get(ofOneKind, { schema: listOfOneKind }, (request, reply) =>
    sendRows(request, reply, { ...request.params, ...request.query }),
  );

  app.get('/api/connections/:connection/changes', { schema: followChanges }, async (request, reply) => {
    const scope = await scopeOf(reply, { ...request.params, ...request.query });
    if (!scope) return reply;
    const { limit, changedSince } = request.query;
    const feed = await feedAt(reply, scope, request.query.after);
    if (!feed) return reply;
    const { after, place } = feed;
    const page = await store.masterData.rows({ ...scope, after, limit, changedSince, withDeleted: true });
    const last = await store.masterData.lastSeq({ connectionId: scope.connectionId });
    return {
      changes: page.rows.map((row) => changeOf(row, today())),
      next: place(page.next),
      more: page.more,
      last: place(last),
    };
  });

  app.get('/api/connections/:connection/freshness', { schema: getFreshness }, async (request, reply) => {
    const { connection } = request.params;
    if (!(await store.connections.get(connection))) return noSuchConnection(reply, publicUrl, connection);
    const ages = await store.dataAges.ofConnection(connection);
    return {
      ...freshnessOf(ages, freshness, now()),
      ages: ages.map((age) => ageOf(age, freshness, now())),
    };
  });

  async function sendRows(
    request: FastifyRequest,
    reply: FastifyReply,
    query: Query & { connection: string },
  ) {
    const scope = await scopeOf(reply, query);
    if (!scope) return reply;
    const { companyId, kind } = scope;
    const ages = (await store.dataAges.ofConnection(scope.connectionId)).filter(
      (age) => age.company.id === (companyId ?? age.company.id) && age.kind === (kind ?? age.kind),
    );
    const asOf = oldestSuccess(ages);
    if (asOf) reply.header('data-as-of', asOf);
    // Read before the rows: what changes in between is asked for once more, and never taken for known.
    const feed = await feedAt(reply, scope, query.after);
    if (!feed) return reply;
    const { epoch, after, place } = feed;
    // Of the day as well, for `active` is.
    if (isKnown(request, reply, [epoch, await store.masterData.version(scope), today()]))
      return reply.code(304).send();
    const { limit, changedSince, deleted } = query;
    const asked: RowsQuery = { ...scope, after, limit, changedSince, withDeleted: deleted };
    const page = await store.masterData.rows(asked);
    const isOnPage = (age: (typeof ages)[number]) =>
      ages.length === 1 || page.rows.some((row) => row.companyId === age.company.id && row.kind === age.kind);
    return {
      rows: page.rows.map((row) => rowOf(row, today())),
      next: place(page.next),
      more: page.more,
      asOf,
      ages: ages.filter(isOnPage).map((age) => ageOf(age, freshness, now())),
    };
  }

  /** Null when the answer was sent already: this place is of a feed that is no more. */
  async function feedAt(reply: FastifyReply, { connectionId }: FeedScope, asked: Place | null) {
    const epoch = await store.masterData.epoch(connectionId);
    if (asked && asked.epoch !== epoch) {
      const detail = 'The database was taken back to an older state. Begin again, without "after".';
      sendProblem(reply, publicUrl, { type: 'feed-began-anew', status: 410, detail });
      return null;
    }
    return { epoch, after: asked?.seq ?? 0, place: (seq: number) => placeText({ epoch, seq }) };
  }

  /** Null when the answer was sent already: there is no such connection or company. */
  async function scopeOf(
    reply: FastifyReply,
    asked: Pick<Query, 'kind' | 'company'> & { connection: string },
  ): Promise<FeedScope | null> {
    const { connection, companies } = await find({ ...asked, company: asked.company ?? '' });
    const [company, ...others] = companies;
    if (!connection) {
      noSuchConnection(reply, publicUrl, asked.connection);
      return null;
    }
    if (asked.company !== undefined && others.length > 0) {
      sendProblem(reply, publicUrl, ambiguousCompany(asked.company, companies));
      return null;
    }
    if (asked.company !== undefined && !company) {
      noSuchCompany(reply, publicUrl, asked.company);
      return null;
    }
    return { connectionId: connection.id, companyId: company?.externalId, kind: asked.kind };
  }
}

function rowOf(row: StoredRow, today: Day) {
  const { companyId: company, kind, externalId: id, code, name, details } = row;
  const active = isActiveOn(row, today);
  const { modifiedAt, changedAt, deletedAt, held, seq } = row;
  return { company, kind, id, code, name, active, details, modifiedAt, changedAt, deletedAt, held, seq };
}

/** A row is new when it changed for the first time; a deleted one keeps what it last was. */
function changeOf(row: StoredRow, today: Day) {
  const what: z.infer<typeof change>['what'] = row.deletedAt
    ? 'deleted'
    : row.firstSeenAt === row.changedAt
      ? 'new'
      : 'changed';
  const previous = row.previous && { ...row.previous, active: isActiveOn(row.previous, today) };
  return { what, ...rowOf(row, today), previous: what === 'changed' ? previous : null };
}
