import type { FastifyInstance } from 'fastify';
import type { ConnectionState } from '../../domain/connection.ts';
import { systemName as nameOfSystem } from '../connection-facts.ts';
import { describeConnection } from '../connection-words.ts';
import { sendPage, type WebDeps } from '../deps.ts';
import { createSayMoment } from '../moments.ts';
import { homePage, type ShownConnection } from '../pages/home-page.ts';
import { icon, stylesheet, stylesheetPath } from '../pages/layout.ts';

const forEver = 'public, max-age=31536000, immutable';
const aDay = 'public, max-age=86400';

/** The first page, and what every page needs to look right. */
export function homeRoutes(app: FastifyInstance, deps: WebDeps): void {
  const { store, systems, office, localLinks } = deps;
  const sayMoment = createSayMoment(deps);

  app.get('/', async (_request, reply) => {
    // An installation that locks its API does not tell the same to everybody here.
    const connections = deps.apiToken ? null : (await store.connections.all()).map(shown);
    const api = { label: 'HTTP API', about: 'OpenAPI description', url: '/api/openapi.json' };
    return sendPage(
      reply,
      200,
      homePage({ officeName: office.name, connections, links: [...localLinks, api] }),
    );
  });

  function shown(state: ConnectionState): ShownConnection {
    const systemName = nameOfSystem(systems, state.system);
    return { name: state.name, systemName, words: describeConnection(state, systemName, sayMoment) };
  }

  app.get(stylesheetPath, (_request, reply) =>
    reply.header('cache-control', forEver).type('text/css; charset=utf-8').send(stylesheet),
  );
  app.get('/icon.svg', (_request, reply) =>
    reply.header('cache-control', aDay).type('image/svg+xml; charset=utf-8').send(icon),
  );
}
