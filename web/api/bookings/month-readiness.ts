import { z } from 'zod';
import { lastComplete } from '../../../domain/sync/freshness.ts';
import { monthReadiness } from '../../../domain/bookings/month-readiness.ts';
import { whyMonthIsOpen } from '../../../words/bookings/month.ts';
import { localDay } from '../../../domain/offices/working-hours.ts';
import type { WebDeps } from '../../deps.ts';
import { findCompany } from '../connections/one-company.ts';
import type { Api } from '../openapi.ts';
import { ambiguous, json, month, notFound, oneCompany, problem } from '../openapi-words.ts';
import { sendProblem } from '../problem.ts';
import { monthReadinessAnswer } from './schemas-bookings.ts';

const schema = {
  operationId: 'getMonthReadiness',
  summary: 'May I close the month?',
  params: oneCompany,
  querystring: z.object({ month }),
  response: {
    200: json(monthReadinessAnswer, 'Yes, or every reason why not.'),
    400: problem('The month cannot be read.'),
    404: notFound,
    409: ambiguous,
  },
};

/** May I close the month? */
export function monthReadinessRoutes(app: Api, deps: WebDeps): void {
  const { store, publicUrl, office, now } = deps;
  const path = '/api/connections/:connection/companies/:company/month-readiness';

  app.get(path, { schema }, async (request, reply) => {
    const found = await findCompany(deps, request.params);
    if ('status' in found) return sendProblem(reply, publicUrl, found);
    const { connection, company } = found;
    const { month } = request.query;
    const line = { connectionId: connection.id, companyId: company.externalId };
    const positions = await store.syncPositions.forCompany(connection.id, company.externalId);
    const { reasons, ...readiness } = monthReadiness({
      month,
      today: localDay(office.timeZone, now().getTime()),
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
  });
}
