import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Divisions } from '../api/divisions.ts';
import type { Grants } from '../login/grants.ts';
import type { App } from '../app.ts';
import type { People } from '../login/people.ts';
import type { RequestLog } from '../api/request-log.ts';
import { type AppScopes, scopes } from '../scopes.ts';
import type { StateStore } from '../state.ts';
import { type Switch, SwitchRefusal, type Switches } from '../switch.ts';
import type { WebhookPost } from '../api/webhook-post.ts';

export interface ControlDeps {
  switches: Switches;
  store: StateStore;
  clock: Clock;
  people: People;
  divisions: Divisions;
  grants: Grants;
  log: RequestLog;
  app: App;
  post: WebhookPost;
  appScopes: AppScopes;
}

/** What `GET /control/state` tells: no secrets, names instead of hashes. */
export type Overview = ReturnType<typeof overview>;

/**
 * The JSON control API: `GET /control/state`, `GET /control/log?limit=`, `GET /control/counts`, `GET /control/webhooks`, `POST /control/<switch>`. A switch only takes
 * JSON, so that a form on some web page cannot turn it.
 */
export function registerControl(app: FastifyInstance, deps: ControlDeps): void {
  app.get('/control', (_request, reply) => reply.redirect('/', 302));
  app.get('/control/webhooks', () => deps.post.last());
  app.get('/control/state', () => overview(deps));
  app.get('/control/log', (request) => {
    const { limit } = z
      .object({ limit: z.coerce.number().int().min(1).max(1000).default(50) })
      .parse(request.query);
    return deps.log.last(limit);
  });
  app.get('/control/counts', () => deps.log.counts());
  app.post<{ Params: { name: string } }>('/control/:name', (request, reply) => {
    const known = deps.switches[request.params.name];
    if (!known) return reply.code(404).send({ error: `There is no switch "${request.params.name}".` });
    const json = /^application\/json\b/i.test(request.headers['content-type'] ?? 'application/json');
    if (!json) return reply.code(415).send({ error: 'A switch takes JSON.' });
    const turned = turn(known, request.body);
    return reply
      .code(turned.ok ? 200 : 400)
      .send(turned.ok ? { result: turned.words } : { error: turned.words });
  });
}

/** Turns a switch and gives the sentence to show, also when it could not be turned. */
export function turn(known: Switch, body: unknown): { ok: boolean; words: string } {
  try {
    return { ok: true, words: known.turn(body) };
  } catch (error) {
    if (error instanceof z.ZodError) return { ok: false, words: z.prettifyError(error) };
    if (error instanceof SwitchRefusal) return { ok: false, words: error.message };
    throw error;
  }
}

/** The state in names: people with their consents, companies, and which switches are on. */
export function overview(deps: ControlDeps) {
  const { store, clock, people, divisions, grants, app, appScopes } = deps;
  const { outage, rateLimit, customer, replies, errorBlock, browserUser } = store.state;
  const living = grants.living();
  return {
    now: new Date(clock.now()).toISOString(),
    outage,
    rateLimit,
    customer,
    replies,
    errorBlock,
    browserUser,
    loseRefreshReplies: store.state.loseRefreshReplies,
    tokenReplies: store.state.tokenReplies,
    webhooksLost: store.state.webhooksLost,
    entries: Object.entries(store.state.entries).flatMap(([division, entries]) =>
      entries.map(({ EntryNumber, YourRef, Description, AmountFC }) => ({
        division: Number(division),
        number: EntryNumber,
        yourRef: YourRef,
        description: Description,
        amount: AmountFC,
      })),
    ),
    listsCheckDivision: store.state.listsCheckDivision,
    topOneBare: store.state.topOneBare,
    scopes: scopes.map((scope) => ({ scope, level: appScopes.level(scope) })),
    webhooks: store.state.webhooks.map(({ division, topic, callbackUrl, validated }) => ({
      division,
      topic,
      callbackUrl,
      validated,
    })),
    users: people.all().map((person) => ({
      userName: person.userName,
      fullName: person.fullName,
      userId: person.userId,
      blocked: person.blocked,
      inactive: person.inactive,
      divisions: divisions.reachedBy(person).map((company) => company.division),
      denials: person.denials,
      consents: living
        .filter((grant) => grant.user === person.userName)
        .map((grant) => ({
          app: app.name,
          givenAt: new Date(grant.givenAt).toISOString(),
          companies: grant.companies,
        })),
    })),
    companies: divisions.all().map((company) => ({
      division: company.division,
      code: company.code,
      name: company.name,
      country: company.country,
      blocked: company.blocked ?? false,
      archived: company.archived ?? false,
      licenceExpired: company.licenceExpired ?? false,
    })),
  };
}
