import { z } from 'zod';
import { linkCauses } from '../../../domain/causes.ts';
import { incidentFigures, monthIn } from '../../../domain/incidents/incident-month.ts';
import { personName } from '../../connection-facts.ts';
import type { WebDeps } from '../../deps.ts';
import type { Api } from '../openapi.ts';
import { json, month, problem } from '../openapi-words.ts';
import { answer, count, moment, person, text } from '../schema-words.ts';

const spans = z.object({ of: count, median: z.number(), longest: z.number() }).nullable();
const incidents = answer(
  'Incidents',
  z.object({
    month: text,
    figures: z
      .object({ count, open: count, detect: spans, tell: spans, reconnect: spans })
      .describe('Lengths in milliseconds: from the last good use to knowing, to telling, to the end.'),
    incidents: z.array(
      z.object({
        number: count,
        connection: text,
        cause: z.enum(linkCauses),
        lastGoodAt: moment.nullable().describe('When the login last worked before.'),
        openedAt: moment.describe('When it was known to be broken.'),
        toldAt: moment.nullable().describe('When the first message stood in Slack.'),
        endedAt: moment.nullable(),
        endedBy: person.nullable(),
        how: z.enum(['reconnected', 'changed', 'works-again']).nullable(),
        together: count.nullable().describe('The incident whose messages it shares.'),
      }),
    ),
  }),
);
const schema = {
  operationId: 'listIncidents',
  summary: 'The incidents of a month, and how long it took to see, to tell and to mend them',
  querystring: z.object({ month }),
  response: {
    200: json(incidents, 'In the order they began.'),
    400: problem('The month cannot be read.'),
  },
};

/** The incidents of a month, and how long it took to see, to tell and to mend them. */
export function incidentRoutes(app: Api, { store, office }: WebDeps): void {
  app.get('/api/incidents', { schema }, async (request) => {
    const { month } = request.query;
    const { from, until } = monthIn(office.timeZone, month);
    const found = (await store.incidents.openedSince(from)).filter(({ openedAt }) => openedAt < until);
    const person = (id: string | null) => (id === null ? null : { id, name: personName(office, id) });
    return {
      month,
      figures: incidentFigures(found),
      incidents: found.map(({ number, connectionId, cause, groupedUnder, how, endedBy, ...times }) => ({
        number,
        connection: connectionId,
        cause,
        lastGoodAt: times.lastGoodAt,
        openedAt: times.openedAt,
        toldAt: times.toldAt,
        endedAt: times.endedAt,
        endedBy: person(endedBy),
        how,
        together: groupedUnder,
      })),
    };
  });
}
