import { z } from 'zod';
import { noteWhoMetIt } from './affected.ts';
import type { WebDeps } from '../../deps.ts';
import { createSayMoment } from '../../moments.ts';
import { bookingReadiness } from './booking-readiness.ts';
import { readinessFacts, findCompany } from './one-company.ts';
import type { Api } from '../openapi.ts';
import { ambiguous, json, notFound, oneCompany, problem } from '../openapi-words.ts';
import { sendProblem } from '../problem.ts';
import { typed } from '../schema-words.ts';
import { ready } from './schemas-connections.ts';

const schema = {
  operationId: 'getBookingReadiness',
  summary: 'May a document of this company be booked now?',
  description:
    'Ask before booking. The detail of a problem is written for the person who wants to book: show it as it is. There is no Retry-After: a broken link waits for a person.',
  params: oneCompany,
  querystring: z.object({
    officeUser: typed
      .optional()
      .describe('Who wants to book, by the id in the office file: told in Slack when it is over.'),
  }),
  response: {
    200: json(ready, 'Yes. A note says what may be worth knowing, such as a pause of the synchronisation.'),
    403: problem('No: the company is not reached, and waiting does not help.'),
    404: notFound,
    409: ambiguous,
    503: problem(
      'Not now: disconnected, not connected yet, down or limiting us, never synchronised, not read again since a login, stopped, or withheld by the accounting system.',
    ),
  },
};

/** What a booking system asks about one company: may it book. */
export function companyRoutes(app: Api, deps: WebDeps): void {
  const { store, publicUrl } = deps;
  const sayMoment = createSayMoment(deps);
  const path = '/api/connections/:connection/companies/:company/booking-readiness';

  app.get(path, { schema }, async (request, reply) => {
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
  });
}
