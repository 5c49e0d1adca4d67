import type { FastifyInstance } from 'fastify';
import type { WebDeps } from '../deps.ts';

/** For whatever watches the server: 200 when the database and Temporal answer, else 503. */
export function healthRoutes(app: FastifyInstance, { store, gateway }: WebDeps): void {
  app.get('/health', async (_request, reply) => {
    const answers = store.connections.all().then(
      () => true,
      () => false,
    );
    const [database, temporal] = await Promise.all([answers, gateway.reachable()]);
    const well = database && temporal;
    return reply.code(well ? 200 : 503).send({ status: well ? 'ok' : 'degraded', database, temporal });
  });
}
