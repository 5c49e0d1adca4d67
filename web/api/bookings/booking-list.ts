import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { bookingStates } from '../../../domain/bookings/purchase-booking.ts';
import { bookingInWords } from '../../../words/bookings/status.ts';
import { statusOf } from '../../../store/bookings/booking-status.ts';
import type { WebDeps } from '../../deps.ts';
import { createBookingHandOver } from '../../booking-hand-over.ts';
import { noSuchConnection } from '../connections/connections.ts';
import { sendProblem } from '../problem.ts';

type OneConnection = { Params: { id: string } };

const querySchema = z.object({
  state: z.enum(bookingStates).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  before: z.string().optional(),
});

/** The bookings of a connection, and what stops all of them. */
export function bookingListRoutes(app: FastifyInstance, deps: WebDeps): void {
  const { store, publicUrl } = deps;
  const handOver = createBookingHandOver(deps);

  app.get<OneConnection>('/api/connections/:id/purchase-bookings', async (request, reply) => {
    const connectionId = request.params.id;
    if (!(await store.connections.get(connectionId))) return noSuchConnection(reply, publicUrl, connectionId);
    const query = querySchema.safeParse(request.query);
    const before = query.data?.before ? await store.purchaseBookings.get(query.data.before) : undefined;
    if (!query.success || before === null) {
      const detail = `state is one of ${bookingStates.join(', ')}; limit is 1 to 500; before is the "next" of an earlier answer.`;
      return sendProblem(reply, publicUrl, { type: 'invalid-request', status: 400, detail });
    }
    const { state, limit } = query.data;
    const found = await store.purchaseBookings.list({ connectionId, state, before, limit: limit + 1 });
    const page = found.slice(0, limit);
    return {
      bookings: page.map((stored) => bookingInWords(statusOf(stored))),
      next: found.length > limit ? (page.at(-1)?.id ?? null) : null,
    };
  });

  app.get<OneConnection>('/api/connections/:id/delivery-stop', async (request, reply) => {
    const { id } = request.params;
    if (!(await store.connections.get(id))) return noSuchConnection(reply, publicUrl, id);
    return { stop: await store.deliveryStops.of(id) };
  });

  app.delete<OneConnection>('/api/connections/:id/delivery-stop', async (request, reply) => {
    const { id } = request.params;
    if (!(await store.connections.get(id))) return noSuchConnection(reply, publicUrl, id);
    await store.deliveryStops.lift(id);
    const held = await store.purchaseBookings.list({ connectionId: id, state: 'held', limit: 500 });
    const lines = new Map(held.map((stored) => [stored.companyId, stored]));
    for (const stored of lines.values()) await handOver(stored);
    return reply.code(204).send();
  });
}
