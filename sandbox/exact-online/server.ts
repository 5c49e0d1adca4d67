import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import Fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { registerApi } from './api.ts';
import { createBooks, firstChangeTimestamp } from './books.ts';
import { createClock } from './clock.ts';
import { registerControlPage } from './control-page.ts';
import { registerControl } from './control.ts';
import { createDivisions } from './divisions.ts';
import { createGrants } from './grants.ts';
import { type App, registerOauth } from './oauth.ts';
import { registerOutage } from './outage.ts';
import { createPeople, initialUsers } from './people.ts';
import { createRateLimits } from './rate-limits.ts';
import { Refusal } from './refusal.ts';
import { createRequestLog } from './request-log.ts';
import { createResources } from './resources.ts';
import { createStateStore, type State } from './state.ts';
import { createSwitches } from './switches.ts';
import { registerTokenEndpoint } from './token-endpoint.ts';

export interface ExactOnlineSandboxOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  /** How many companies the office has. */
  companies?: number;
  /** How many rows the long lists (GL accounts, relations, items) have per company. */
  rows?: number;
  seed?: number;
  /** JSON file that keeps users, consents, tokens, switches and changed rows; without it they end with the process. */
  stateFile?: string;
  app?: Partial<App>;
  /** Calls per minute and per day, per app and company. The vendor allows 60 and 5000. */
  minuteLimit?: number;
  dayLimit?: number;
}

export interface ExactOnlineSandbox {
  /** What a client takes for `https://start.exactonline.nl`. */
  url: string;
  controlUrl: string;
  close(): Promise<void>;
}

const defaults = { port: 0, companies: 12, rows: 40, seed: 1, minuteLimit: 300, dayLimit: 5000 };
const defaultApp: App = {
  id: 'syncuser-local',
  secret: 'syncuser-local-secret',
  name: 'Syncuser',
  redirectUris: [],
};

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
  return { url: address.url, controlUrl: `${address.url}/`, close: () => app.close() };
}

type Options = typeof defaults & ExactOnlineSandboxOptions;

function assemble(app: FastifyInstance, options: Options, base: () => string): void {
  const client = { ...defaultApp, ...options.app };
  const books = createBooks({
    ...options,
    changes: (division, kind) => store.state.rowChanges[`${division}/${kind}`] ?? [],
  });
  const store = createStateStore(() => initialState(options, initialUsers(books)), options.stateFile);
  const clock = createClock(store);
  const people = createPeople(store);
  const divisions = createDivisions({ books, store });
  const grants = createGrants({ store, clock });
  const log = createRequestLog(app, clock.now);
  const { noteUser } = log;
  const rateLimits = createRateLimits({
    perMinute: options.minuteLimit,
    perDay: options.dayLimit,
    clock,
    store,
  });
  const resources = createResources({ books, divisions, people, now: clock.now });

  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const refusal = error instanceof Refusal ? error : new Refusal(statusOf(error), error.message);
    void reply.code(refusal.status).headers(refusal.headers).send(refusal.body);
  });
  app.setNotFoundHandler(() => {
    throw new Refusal(404, 'Resource not found.');
  });
  registerOutage(app, store);
  registerOauth(app, {
    app: client,
    people,
    grants,
    store,
    noteUser,
    companyNames: (person) => divisions.reachedBy(person).map(({ code, name }) => `${code} ${name}`),
  });
  registerTokenEndpoint(app, { app: client, grants });
  registerApi(app, { grants, people, divisions, rateLimits, resources, base, noteUser });
  const switches = createSwitches({ store, clock, grants, people, divisions });
  const control = { switches, store, clock, people, divisions, grants, log, app: client };
  registerControl(app, control);
  registerControlPage(app, control);
}

function statusOf(error: Error & { statusCode?: number }): number {
  return error.statusCode ?? (error instanceof z.ZodError ? 400 : 500);
}

function initialState(
  { seed, companies }: { seed: number; companies: number },
  users: State['users'],
): State {
  return {
    version: 1,
    books: { seed, companies },
    clockShift: 0,
    users,
    customer: { blocked: false, licenceExpired: false },
    companies: {},
    outage: 'off',
    rateLimit: 'off',
    grants: [],
    sessions: [],
    nextTimestamp: firstChangeTimestamp,
    rowChanges: {},
  };
}
