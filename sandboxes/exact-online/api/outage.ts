import type { FastifyInstance } from 'fastify';
import { html } from 'ghtml';
import type { StateStore } from '../state.ts';

const maintenance = html`<!doctype html>
  <html lang="en">
    <head>
      <title>Exact Online</title>
    </head>
    <body>
      <h1>Exact Online is not available</h1>
      <p>We are working on it. Please try again later.</p>
    </body>
  </html>`;

/**
 * While the outage switch is on, everything of the vendor's side answers 5xx, or 200 with an HTML page as clients have
 * seen during maintenance (django-exact). The control page stays reachable.
 */
export function registerOutage(app: FastifyInstance, store: StateStore): void {
  app.addHook('onRequest', async (request, reply) => {
    const { outage } = store.state;
    if (outage === 'off' || !request.url.startsWith('/api/')) return;
    return reply
      .code(outage === 'maintenance-page' ? 200 : Number(outage.slice('status-'.length)))
      .header('content-type', 'text/html; charset=utf-8')
      .send(maintenance);
  });
}
