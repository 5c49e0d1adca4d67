import type { FastifyInstance } from 'fastify';
import { namesOfMenders, onItSince, personName, systemName, whoIsOnIt } from '../connection-facts.ts';
import type { WebDeps } from '../deps.ts';
import { createSayMoment } from '../moments.ts';
import { noteWhoMetIt } from '../affected.ts';
import { bookingReadiness } from './booking-readiness.ts';
import { noSuchCompany, noSuchConnection } from './connections.ts';
import { createFindCompany } from './find-company.ts';
import { lastComplete } from './freshness.ts';
import { sendProblem } from './problem.ts';

type OneCompany = { Params: { connection: string; company: string } };
type Booking = OneCompany & { Querystring: { officeUser?: string } };

/** What a booking system asks about one company: may it book, and on what. */
export function companyRoutes(app: FastifyInstance, deps: WebDeps): void {
  const { store, systems, office, publicUrl } = deps;
  const sayMoment = createSayMoment(deps);
  const find = createFindCompany(store);

  app.get<Booking>(
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
      await noteWhoMetIt(deps, request.query.officeUser, incident);
      return 'ready' in answer ? answer : sendProblem(reply, publicUrl, answer);
    },
  );
}
