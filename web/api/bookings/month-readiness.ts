import type { FastifyInstance } from 'fastify';
import { lastComplete } from '../../../domain/sync/freshness.ts';
import { monthReadiness } from '../../../domain/bookings/month-readiness.ts';
import { whyMonthIsOpen } from '../../../words/bookings/month.ts';
import type { WebDeps } from '../../deps.ts';
import { findCompany } from '../connections/one-company.ts';
import { sendProblem } from '../problem.ts';

type OneCompany = { Params: { connection: string; company: string }; Querystring: { month?: string } };

/** May I close the month? */
export function monthReadinessRoutes(app: FastifyInstance, deps: WebDeps): void {
  const { store, publicUrl, office, now } = deps;
  const today = () =>
    new Intl.DateTimeFormat('en-CA', { timeZone: office.timeZone, dateStyle: 'short' }).format(now());

  app.get<OneCompany>(
    '/api/connections/:connection/companies/:company/month-readiness',
    async (request, reply) => {
      const found = await findCompany(deps, request.params);
      if ('status' in found) return sendProblem(reply, publicUrl, found);
      const { month = '' } = request.query;
      if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) {
        const detail = 'month is a month like 2026-10.';
        return sendProblem(reply, publicUrl, { type: 'invalid-request', status: 400, detail });
      }
      const { connection, company } = found;
      const line = { connectionId: connection.id, companyId: company.externalId };
      const positions = await store.syncPositions.forCompany(connection.id, company.externalId);
      const { reasons, ...readiness } = monthReadiness({
        month,
        today: today(),
        now: now(),
        connection,
        company,
        data: positions,
        lastSuccessAt: lastComplete(positions),
        bookings: await store.purchaseBookings.counts(line, month),
        stopped: (await store.deliveryStops.of(connection.id)) !== null,
      });
      return {
        connection: connection.id,
        company: company.externalId,
        ...readiness,
        reasons: reasons.map((reason) => ({ why: reason.why, words: whyMonthIsOpen(reason) })),
      };
    },
  );
}
