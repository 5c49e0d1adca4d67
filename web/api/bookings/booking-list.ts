import { z } from 'zod';
import { bookingStates } from '../../../domain/bookings/purchase-booking.ts';
import { bookingInWords } from '../../../words/bookings/status.ts';
import { statusOf } from '../../../store/bookings/booking-status.ts';
import type { WebDeps } from '../../deps.ts';
import { createBookingHandOver } from '../../bookings/hand-over.ts';
import { noSuchConnection } from '../connections/connections.ts';
import type { Api } from '../openapi.ts';
import { json, notFound, nothing, oneConnection, problem } from '../openapi-words.ts';
import { sendProblem } from '../problem.ts';
import { oneOf, typed, whole } from '../schema-words.ts';
import { bookings, deliveryStop } from './schemas-bookings.ts';

const list = {
  operationId: 'listPurchaseBookings',
  summary: 'The bookings of a connection',
  params: oneConnection,
  querystring: z.object({
    state: oneOf(bookingStates).optional().describe('Only those in this state.'),
    limit: whole(1, 500).default(100).describe('Bookings per page.'),
    before: typed.optional().describe('Where the last page ended: its `next`.'),
  }),
  response: {
    200: json(bookings, 'Newest first.'),
    400: problem('A part of the query is not understood.'),
    404: notFound,
  },
};
const getStop = {
  operationId: 'getDeliveryStop',
  summary: 'Whether all deliveries of a connection are stopped, and by which booking',
  params: oneConnection,
  response: { 200: json(deliveryStop, 'What stops them, or null.'), 404: notFound },
};
const liftStop = {
  operationId: 'liftDeliveryStop',
  summary: 'Let the deliveries go on, after a person has looked',
  params: oneConnection,
  response: { 204: nothing('They go on.'), 404: notFound },
};

/** The bookings of a connection, and what stops all of them. */
export function bookingListRoutes(app: Api, deps: WebDeps): void {
  const { store, publicUrl } = deps;
  const handOver = createBookingHandOver(deps);

  app.get('/api/connections/:id/purchase-bookings', { schema: list }, async (request, reply) => {
    const connectionId = request.params.id;
    if (!(await store.connections.get(connectionId))) return noSuchConnection(reply, publicUrl, connectionId);
    const { state, limit } = request.query;
    const before = request.query.before ? await store.purchaseBookings.get(request.query.before) : undefined;
    if (before === null) {
      const detail = 'before is the "next" of an earlier answer.';
      return sendProblem(reply, publicUrl, { type: 'invalid-request', status: 400, detail });
    }
    const found = await store.purchaseBookings.list({ connectionId, state, before, limit: limit + 1 });
    const page = found.slice(0, limit);
    return {
      bookings: page.map((stored) => bookingInWords(statusOf(stored))),
      next: found.length > limit ? (page.at(-1)?.id ?? null) : null,
    };
  });

  app.get('/api/connections/:id/delivery-stop', { schema: getStop }, async (request, reply) => {
    const { id } = request.params;
    if (!(await store.connections.get(id))) return noSuchConnection(reply, publicUrl, id);
    return { stop: await store.deliveryStops.of(id) };
  });

  app.delete('/api/connections/:id/delivery-stop', { schema: liftStop }, async (request, reply) => {
    const { id } = request.params;
    if (!(await store.connections.get(id))) return noSuchConnection(reply, publicUrl, id);
    await store.deliveryStops.lift(id);
    const held = await store.purchaseBookings.list({ connectionId: id, state: 'held', limit: 500 });
    const lines = new Map(held.map((stored) => [stored.companyId, stored]));
    for (const stored of lines.values()) await handOver(stored);
    return reply.code(204).send();
  });
}
