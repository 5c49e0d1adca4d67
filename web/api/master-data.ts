import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { FeedScope, RowsQuery, StoredRow } from '../../store/master-data-read.ts';
import type { WebDeps } from '../deps.ts';
import { isKnown } from './conditional.ts';
import { noSuchCompany, noSuchConnection } from './connections.ts';
import { createFindCompany } from './find-company.ts';
import { ageOf, freshnessOf, oldestSuccess } from './freshness.ts';
import { kindSchema, ofAllKinds, ofChanges, ofOneKind, whatIsWrong } from './master-data-query.ts';
import { sendProblem } from './problem.ts';

type OneConnection = { Params: { connection: string } };
type OneKind = { Params: { connection: string; company: string; kind: string } };
type Query = z.infer<typeof ofAllKinds>;

/** Master data over HTTP: rows by company and kind, the feed of changes, and how old all of it is. */
export function masterDataRoutes(app: FastifyInstance, deps: WebDeps): void {
  const { store, publicUrl, freshness, now } = deps;
  const find = createFindCompany(store);

  app.get<OneConnection>('/api/connections/:connection/master-data', async (request, reply) => {
    const query = ofAllKinds.safeParse(request.query);
    if (!query.success) return invalid(reply, query.error);
    const { connection } = request.params;
    return sendRows(request, reply, { connection, ...query.data });
  });

  app.get<OneKind>(
    '/api/connections/:connection/companies/:company/master-data/:kind',
    async (request, reply) => {
      const { connection, company } = request.params;
      const kind = kindSchema.safeParse(request.params.kind);
      if (!kind.success) return invalid(reply, kind.error, 'The kind');
      const query = ofOneKind.safeParse(request.query);
      if (!query.success) return invalid(reply, query.error);
      return sendRows(request, reply, { connection, company, kind: kind.data, ...query.data });
    },
  );

  app.get<OneConnection>('/api/connections/:connection/changes', async (request, reply) => {
    const query = ofChanges.safeParse(request.query);
    if (!query.success) return invalid(reply, query.error);
    const scope = await scopeOf(reply, { connection: request.params.connection, ...query.data });
    if (!scope) return reply;
    const { after, limit, changedSince } = query.data;
    const page = await store.masterData.rows({ ...scope, after, limit, changedSince, withDeleted: true });
    const last = await store.masterData.lastSeq({ connectionId: scope.connectionId });
    return { changes: page.rows.map(changeOf), next: page.next, more: page.more, last };
  });

  app.get<OneConnection>('/api/connections/:connection/freshness', async (request, reply) => {
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
  ): Promise<unknown> {
    const scope = await scopeOf(reply, query);
    if (!scope) return reply;
    const { companyId, kind } = scope;
    const ages = (await store.dataAges.ofConnection(scope.connectionId)).filter(
      (age) => age.company.id === (companyId ?? age.company.id) && age.kind === (kind ?? age.kind),
    );
    const asOf = oldestSuccess(ages);
    if (asOf) reply.header('data-as-of', asOf);
    // Read before the rows: what changes in between is asked for once more, and never taken for known.
    if (isKnown(request, reply, await store.masterData.lastSeq(scope))) return reply.code(304).send();
    const { after, limit, changedSince, deleted } = query;
    const asked: RowsQuery = { ...scope, after, limit, changedSince, withDeleted: deleted };
    const page = await store.masterData.rows(asked);
    const isOnPage = (age: (typeof ages)[number]) =>
      ages.length === 1 || page.rows.some((row) => row.companyId === age.company.id && row.kind === age.kind);
    return {
      rows: page.rows.map(rowOf),
      next: page.next,
      more: page.more,
      asOf,
      ages: ages.filter(isOnPage).map((age) => ageOf(age, freshness, now())),
    };
  }

  /** Null when the answer was sent already: there is no such connection or company. */
  async function scopeOf(
    reply: FastifyReply,
    asked: Pick<Query, 'kind' | 'company'> & { connection: string },
  ): Promise<FeedScope | null> {
    const { connection, company } = await find({ ...asked, company: asked.company ?? '' });
    if (!connection) {
      noSuchConnection(reply, publicUrl, asked.connection);
      return null;
    }
    if (asked.company !== undefined && !company) {
      noSuchCompany(reply, publicUrl, asked.company);
      return null;
    }
    return { connectionId: connection.id, companyId: company?.externalId, kind: asked.kind };
  }

  function invalid(reply: FastifyReply, error: z.ZodError, what = ''): FastifyReply {
    const detail = `${what}${whatIsWrong(error)}`;
    return sendProblem(reply, publicUrl, { type: 'invalid-request', status: 400, detail });
  }
}

function rowOf(row: StoredRow) {
  const { companyId: company, kind, externalId: id, code, name, active, details } = row;
  const { modifiedAt, changedAt, deletedAt, seq } = row;
  return { company, kind, id, code, name, active, details, modifiedAt, changedAt, deletedAt, seq };
}

/** A row is new when it changed for the first time; a deleted one keeps what it last was. */
function changeOf(row: StoredRow) {
  const what = row.deletedAt ? 'deleted' : row.firstSeenAt === row.changedAt ? 'new' : 'changed';
  return { what, ...rowOf(row), previous: what === 'changed' ? row.previous : null };
}
