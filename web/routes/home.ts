import type { FastifyInstance } from 'fastify';
import { sendPage, type WebDeps } from '../deps.ts';
import { homePage } from '../pages/home-page.ts';
import { icon, stylesheet, stylesheetPath } from '../pages/layout.ts';

const forEver = 'public, max-age=31536000, immutable';
const aDay = 'public, max-age=86400';

/** The first page, and what every page needs to look right. */
export function homeRoutes(app: FastifyInstance, deps: WebDeps): void {
  const { office, localLinks } = deps;

  app.get('/', async (_request, reply) => {
    const api = {
      label: 'HTTP API',
      about: 'OpenAPI description; asks for the token',
      url: '/api/openapi.json',
    };
    return sendPage(reply, 200, homePage({ officeName: office.name, links: [...localLinks, api] }));
  });

  app.get(stylesheetPath, (_request, reply) =>
    reply.header('cache-control', forEver).type('text/css; charset=utf-8').send(stylesheet),
  );
  app.get('/icon.svg', (_request, reply) =>
    reply.header('cache-control', aDay).type('image/svg+xml; charset=utf-8').send(icon),
  );
}
