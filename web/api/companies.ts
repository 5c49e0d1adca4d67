import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { masterDataKinds, type MasterDataKind } from '../../domain/master-data.ts';
import type { StoredRow } from '../../store/master-data.ts';
import { namesOfMenders, onItSince, personName, systemName, whoIsOnIt } from '../connection-facts.ts';
import type { WebDeps } from '../deps.ts';
import { createSayMoment } from '../moments.ts';
import { bookingReadiness } from './booking-readiness.ts';
import { noSuchCompany, noSuchConnection } from './connections.ts';
import { lastComplete } from './freshness.ts';
import { sendProblem } from './problem.ts';

type OneCompany = { Params: { connection: string; company: string } };
type OneKind = { Params: { connection: string; company: string; kind: string } };

const pageSchema = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  after: z.coerce.number().int().min(0).default(0),
  deleted: z.enum(['true', 'false']).default('false'),
});

/** What a booking system asks about one company: may it book, and on what. */
export function companyRoutes(app: FastifyInstance, deps: WebDeps): void {
  const { store, systems, office, publicUrl } = deps;
  const sayMoment = createSayMoment(deps);

  async function find({ connection: id, company: externalId }: OneCompany['Params']) {
    const connection = await store.connections.get(id);
    const companies = connection ? await store.companies.all(id) : [];
    const called = (key: 'externalId' | 'code') =>
      companies.find((candidate) => candidate[key] === externalId);
    // A booking system may know the company by the code people use; the stable id wins.
    return { connection, company: called('externalId') ?? called('code') };
  }

  app.get<OneCompany>(
    '/api/connections/:connection/companies/:company/booking-readiness',
    async (request, reply) => {
      const { connection, company } = await find(request.params);
      if (!connection) return noSuchConnection(reply, publicUrl, request.params.connection);
      if (!company) return noSuchCompany(reply, publicUrl, request.params.company);
      const userId = connection.synchronisationUserId;
      const incident = connection.incident === null ? null : await store.incidents.get(connection.incident);
      const positions = await store.syncPositions.forCompany(connection.id, company.externalId);
      const facts = {
        connection,
        company,
        systemName: systemName(systems, connection.system),
        lastSuccessAt: lastComplete(positions),
        synchronisationUser: personName(office, userId),
        mayReconnect: namesOfMenders(office, connection),
        onIt: whoIsOnIt(office, incident),
        onItSince: onItSince(incident),
      };
      const answer = bookingReadiness(facts, sayMoment);
      return 'ready' in answer ? answer : sendProblem(reply, publicUrl, answer);
    },
  );

  app.get<OneKind>(
    '/api/connections/:connection/companies/:company/master-data/:kind',
    async (request, reply) => {
      const { connection, company } = await find(request.params);
      if (!connection) return noSuchConnection(reply, publicUrl, request.params.connection);
      if (!company) return noSuchCompany(reply, publicUrl, request.params.company);
      const { kind } = request.params;
      const invalid = (detail: string) =>
        sendProblem(reply, publicUrl, { type: 'invalid-request', status: 400, detail });
      if (!isKind(kind))
        return invalid(`There is no kind "${kind}". The kinds are ${masterDataKinds.join(', ')}.`);
      const query = pageSchema.safeParse(request.query);
      if (!query.success)
        return invalid('limit is 1 to 1000, after is the "next" of a page, deleted is true or false.');
      const { limit, after, deleted } = query.data;
      const page = await store.masterData.rows({
        connectionId: connection.id,
        companyId: company.externalId,
        kind,
        after,
        limit,
        withDeleted: deleted === 'true',
      });
      return { ...page, rows: page.rows.map(rowOf) };
    },
  );
}

function isKind(name: string): name is MasterDataKind {
  return (masterDataKinds as readonly string[]).includes(name);
}

function rowOf({ externalId, code, name, active, details, modifiedAt, changedAt, deletedAt }: StoredRow) {
  return { id: externalId, code, name, active, details, modifiedAt, changedAt, deletedAt };
}
