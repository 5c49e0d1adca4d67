import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { inSeries } from '../pages/blocks.ts';

/**
 * Answers by `refuse` where the address is known and the method is not; `Allow` says what the address takes (RFC 9110,
 * section 15.5.6). Fastify itself finds nothing there. Before the routes are made.
 */
export function refuseOtherMethods(
  app: FastifyInstance,
  refuse: (request: FastifyRequest, reply: FastifyReply, detail: string) => FastifyReply,
): void {
  const routes: { methods: string[]; url: string }[] = [];
  app.addHook('onRoute', ({ method, url }) => void routes.push({ methods: [method].flat(), url }));
  app.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return;
    const [path = ''] = request.url.split('?');
    const found = routes.filter(({ url }) => isAt(path, url)).flatMap(({ methods }) => methods);
    if (found.length === 0) return;
    const taken = [...new Set(found)].sort();
    void reply.header('allow', taken.join(', '));
    return refuse(request, reply, `This address takes ${inSeries(taken)}, and not ${request.method}.`);
  });
}

/** Whether a path is one of `/api/connections/:id`. */
function isAt(path: string, url: string): boolean {
  const parts = path.split('/');
  const pattern = url.split('/');
  return (
    parts.length === pattern.length &&
    pattern.every((one, place) => (one.startsWith(':') ? parts[place] !== '' : parts[place] === one))
  );
}
