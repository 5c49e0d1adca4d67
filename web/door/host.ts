import type { FastifyInstance } from 'fastify';
import { sendProblem } from '../api/problem.ts';
import type { WebDeps } from '../deps.ts';

/** Names by which only this machine reaches itself. */
const loopback = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Answers only under the names we have: a page of somebody else whose name leads to this address (DNS rebinding) would
 * otherwise speak to us from within its own site. `/health` is asked by address, and tells nothing.
 */
export function onlyUnderOurNames(app: FastifyInstance, { publicUrl }: Pick<WebDeps, 'publicUrl'>): void {
  const own = new URL(publicUrl).host;
  app.addHook('onRequest', async (request, reply) => {
    if (request.url === '/health') return;
    const host = request.headers.host?.toLowerCase() ?? '';
    if (host === own || loopback.includes(host.replace(/:\d+$/, ''))) return;
    const detail = 'This host is not that of PUBLIC_URL. A proxy in front has to pass the header Host on.';
    // RFC 9110 section 15.5.20
    return sendProblem(reply, publicUrl, { type: 'other-host', status: 421, detail });
  });
}
