import type { FastifyInstance } from 'fastify';
import { incidentFigures, isMonth, monthIn } from '../../../domain/incidents/incident-month.ts';
import { personName } from '../../connection-facts.ts';
import type { WebDeps } from '../../deps.ts';
import { sendProblem } from '../problem.ts';

/** The incidents of a month, and how long it took to see, to tell and to mend them. */
export function incidentRoutes(app: FastifyInstance, { store, office, publicUrl }: WebDeps): void {
  app.get<{ Querystring: { month?: string } }>('/api/incidents', async (request, reply) => {
    const { month = '' } = request.query;
    if (!isMonth(month))
      return sendProblem(reply, publicUrl, {
        type: 'invalid-request',
        status: 400,
        detail: 'month is a month like 2026-10.',
      });
    const { from, until } = monthIn(office.timeZone, month);
    const found = (await store.incidents.openedSince(from)).filter(({ openedAt }) => openedAt < until);
    const person = (id: string | null) => (id === null ? null : { id, name: personName(office, id) });
    return {
      month,
      figures: incidentFigures(found),
      incidents: found.map(({ number, connectionId, cause, joined, how, endedBy, ...times }) => ({
        number,
        connection: connectionId,
        cause,
        lastGoodAt: times.lastGoodAt,
        openedAt: times.openedAt,
        toldAt: times.toldAt,
        endedAt: times.endedAt,
        endedBy: person(endedBy),
        how,
        together: joined,
      })),
    };
  });
}
