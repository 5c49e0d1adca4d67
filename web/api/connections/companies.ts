import type { FastifyInstance } from 'fastify';
import { noteWhoMetIt } from '../../affected.ts';
import type { WebDeps } from '../../deps.ts';
import { createSayMoment } from '../../moments.ts';
import { bookingReadiness } from './booking-readiness.ts';
import { readinessFacts, findCompany } from './one-company.ts';
import { sendProblem } from '../problem.ts';

type Booking = { Params: { connection: string; company: string }; Querystring: { officeUser?: string } };

/** What a booking system asks about one company: may it book. */
export function companyRoutes(app: FastifyInstance, deps: WebDeps): void {
  const { store, publicUrl } = deps;
  const sayMoment = createSayMoment(deps);

  app.get<Booking>(
    '/api/connections/:connection/companies/:company/booking-readiness',
    async (request, reply) => {
      const found = await findCompany(deps, request.params);
      if ('status' in found) return sendProblem(reply, publicUrl, found);
      const answer = bookingReadiness(await readinessFacts(deps, found), sayMoment);
      const { incident } = found.connection;
      await noteWhoMetIt(
        deps,
        request.query.officeUser,
        incident === null ? null : await store.incidents.get(incident),
      );
      return 'ready' in answer ? answer : sendProblem(reply, publicUrl, answer);
    },
  );
}
