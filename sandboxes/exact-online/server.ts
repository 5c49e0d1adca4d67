import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import Fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { registerApi } from './api/api.ts';
import { type App, defaultApp } from './app.ts';
import { createBooks } from './books/books.ts';
import { createClock } from './clock.ts';
import { registerControlPage } from './control/control-page.ts';
import { registerControl } from './control/control.ts';
import { createDivisions } from './api/divisions.ts';
import { createErrorBlock, type ErrorBlockReach } from './api/error-block.ts';
import { createGrants } from './login/grants.ts';
import { registerOauth } from './login/oauth.ts';
import { registerOutage } from './api/outage.ts';
import { createPageCache } from './api/page-cache.ts';
import { initialState } from './initial-state.ts';
import { createPeople, initialUsers, type Person } from './login/people.ts';
import { createRateLimits } from './api/rate-limits.ts';
import { Refusal } from './refusal.ts';
import { createRequestLog } from './api/request-log.ts';
import { registerReplyTrouble } from './api/reply-trouble.ts';
import { createResources } from './api/resources.ts';
import { createAppScopes } from './scopes.ts';
import { createStateStore } from './state.ts';
import { createSwitches } from './control/switches.ts';
import { registerTokenEndpoint } from './login/token-endpoint.ts';
import { createWebhookPost } from './api/webhook-post.ts';
import { createWebhooks } from './api/webhooks.ts';

export interface ExactOnlineSandboxOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  /** How many companies the office has. */
  companies?: number;
  /** How many rows the long lists (GL accounts, relations, items) have per company. */
  rows?: number;
  seed?: number;
  /** How many users there are besides the demo people: `User1`, `User2` …, who reach every company. */
  users?: number;
  /** JSON file that keeps users, consents, tokens, budgets, switches and changed rows; else they end with the process. */
  stateFile?: string;
  app?: Partial<Omit<App, 'webhookSecret'>>;
  /** Signs what is sent to a CallbackURL. */
  webhookSecret?: string;
  /** Calls per minute and per day, per app and company. The vendor allows 60 and 5000. */
  minuteLimit?: number;
  dayLimit?: number;
  /** Whether `$filter` is demanded on plain and bulk resources with a sync twin, as the vendor does. */
  mandatoryFilter?: boolean;
  /** What the block after too many errors blocks: the same calls (the default), or every call of the app. */
  errorBlock?: ErrorBlockReach;
  /** How many megabytes of rendered pages are kept. */
  pageCache?: number;
  /** PEM texts; with them it also speaks https on a free port, for clients that take nothing else. */
  https?: { key: string; cert: string };
}

export interface ExactOnlineSandbox {
  /** What a client takes for `https://start.exactonline.nl`. */
  url: string;
  /** The same over https, with the option `https`. */
  httpsUrl: string | null;
  controlUrl: string;
  close(): Promise<void>;
}

const defaults = {
  port: 0,
  companies: 12,
  rows: 40,
  seed: 1,
  users: 0,
  minuteLimit: 300,
  dayLimit: 5000,
  mandatoryFilter: true,
  errorBlock: 'endpoint' as ErrorBlockReach,
  pageCache: 256,
  webhookSecret: defaultApp.webhookSecret,
};
type Options = typeof defaults & ExactOnlineSandboxOptions;

/**
 * Starts a server in the shape of the Exact Online API on 127.0.0.1.
 * @throws Error when the port is taken or the state file cannot be read
 */
export async function createExactOnlineSandbox(
  given: ExactOnlineSandboxOptions = {},
): Promise<ExactOnlineSandbox> {
  const options = { ...defaults, ...given };
  const app = Fastify({ logger: false, forceCloseConnections: true });
  await app.register(cookie);
  await app.register(formbody);
  const address = { url: '' };
  assemble(app, options, () => address.url);
  address.url = await app.listen({ host: '127.0.0.1', port: options.port });
  const secure = options.https ? await listenSecurely(app, options.https) : null;
  return {
    url: address.url,
    httpsUrl: secure?.url ?? null,
    controlUrl: `${address.url}/`,
    async close() {
      secure?.server.closeAllConnections();
      secure?.server.close();
      await app.close();
    },
  };
}

/** A second door to the same sandbox. Clients that check a certificate know this machine as localhost. */
async function listenSecurely(app: FastifyInstance, certificate: { key: string; cert: string }) {
  const server = createServer(certificate, (request, response) => app.routing(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `https://localhost:${(server.address() as AddressInfo).port}` };
}

function assemble(app: FastifyInstance, options: Options, base: () => string): void {
  const client = { ...defaultApp, ...options.app, webhookSecret: options.webhookSecret };
  const books = createBooks({
    ...options,
    changes: (division, kind) => store.state.rowChanges[`${division}/${kind}`] ?? [],
  });
  const store = createStateStore(
    () => initialState(options, initialUsers(books, options.users)),
    options.stateFile,
  );
  const clock = createClock(store);
  const people = createPeople(store);
  const divisions = createDivisions({ books, store });
  const grants = createGrants({ store, clock });
  const log = createRequestLog(app, clock.now);
  const { noteUser } = log;
  const post = createWebhookPost({ store, clock, secret: client.webhookSecret, base });
  const { minuteLimit: perMinute, dayLimit: perDay } = options;
  const rateLimits = createRateLimits({ perMinute, perDay, clock, store });
  const errorBlock = createErrorBlock({ store, clock, reach: options.errorBlock });
  const appScopes = createAppScopes(client.scopes, store);
  const resources = createResources({
    books,
    divisions,
    people,
    store,
    now: clock.now,
    pages: createPageCache(options.pageCache * 1024 * 1024),
    webhooks: createWebhooks({ store, clock, post }),
    mandatoryFilter: options.mandatoryFilter,
  });

  answerErrors(app);
  app.addHook('onClose', () => {
    post.close();
    store.flush();
  });
  // The head says what time it is here, as that of any server does.
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('date', new Date(clock.now()).toUTCString());
    done();
  });
  registerOutage(app, store);
  registerReplyTrouble(app, store);
  const companies = (person: Person) => divisions.reachedBy(person);
  registerOauth(app, { app: client, people, grants, store, noteUser, companies });
  registerTokenEndpoint(app, { app: client, grants, store });
  const gate = { grants, people, divisions, rateLimits, errorBlock, appScopes, store, resources };
  registerApi(app, { ...gate, noteUser });
  const switches = createSwitches({ store, clock, grants, people, divisions, books, post });
  const control = { switches, store, clock, people, divisions, grants, log, post, appScopes, app: client };
  registerControl(app, control);
  registerControlPage(app, control);
}

function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const refusal = error instanceof Refusal ? error : new Refusal(statusOf(error), error.message);
    void reply.code(refusal.status).headers(refusal.headers).send(refusal.body);
  });
  app.setNotFoundHandler(() => {
    throw new Refusal(404, 'Resource not found.');
  });
}

function statusOf(error: Error & { statusCode?: number }): number {
  return error.statusCode ?? (error instanceof z.ZodError ? 400 : 500);
}
