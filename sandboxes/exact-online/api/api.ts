import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Divisions } from './divisions.ts';
import type { ErrorBlock } from './error-block.ts';
import type { Grants } from '../login/grants.ts';
import type { People, Person } from '../login/people.ts';
import type { RateLimits } from './rate-limits.ts';
import { isPurchaseEntries } from './purchase-entries.ts';
import { hitsUrl } from './reply-trouble.ts';
import { forbidden, notFound, notInScope, Refusal } from '../refusal.ts';
import { type Answer, type Call, divisionLists, isCount, scopeOf, unkeyed } from './resources.ts';
import type { AppScopes } from '../scopes.ts';
import type { Grant } from '../state-schema.ts';
import type { StateStore } from '../state.ts';

export interface ApiDeps {
  grants: Grants;
  people: People;
  divisions: Divisions;
  rateLimits: RateLimits;
  errorBlock: ErrorBlock;
  appScopes: AppScopes;
  store: StateStore;
  resources: (call: Call) => Answer;
  noteUser: (request: FastifyRequest, userName: string) => void;
}

type ApiRequest = FastifyRequest<{ Params: { '*': string } }>;

/** `/api/v1/…`: the gate every call passes, then the resource. Names of resources are read whatever their case. */
export function registerApi(app: FastifyInstance, deps: ApiDeps): void {
  app.route<{ Params: { '*': string } }>({
    method: ['GET', 'POST', 'PUT', 'DELETE'],
    url: '/api/v1/*',
    handler(request, reply) {
      const { status, body } = countingErrors(request, deps, () => answer(request, reply, deps));
      if (status === 201 && isPurchaseEntries(request.params['*']) && isLost(deps.store))
        return lose(request, reply);
      if (status === 204) return reply.code(204).send();
      if (typeof body === 'string') return reply.code(status).type('text/plain; charset=utf-8').send(body);
      return reply
        .code(status)
        .header('content-type', 'application/json; charset=utf-8')
        .send(Buffer.isBuffer(body) ? body : JSON.stringify(body));
    },
  });
}

/** It is booked by now, and nobody hears of it. */
function lose(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  request.raw.socket.destroy();
  return reply;
}

function isLost(store: StateStore): boolean {
  if (store.state.loseEntryReplies === 0) return false;
  store.change((state) => {
    state.loseEntryReplies -= 1;
  });
  return true;
}

/** Refuses what is blocked for its errors, and counts the errors of who can be told, also with a token that is over. */
function countingErrors(request: ApiRequest, { grants, errorBlock }: ApiDeps, work: () => Answer): Answer {
  const owner = grants.ownerOf(bearer(request));
  if (!owner) return work();
  const path = /^(?:(\d+)\/)?(.*)$/.exec(request.params['*']);
  const resource = unkeyed(path?.[2] ?? '');
  const call = { app: owner.app, user: owner.user, division: Number(path?.[1] ?? 0), resource };
  errorBlock.check(call);
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) errorBlock.note(call, error.status);
    throw error;
  }
}

/** The order of the checks is assumed. */
function answer(request: ApiRequest, reply: FastifyReply, deps: ApiDeps): Answer {
  const { grant, person } = authenticate(request, deps);
  const { division, resource } = readPath(request.params['*']);
  const reason = deps.people.refusal(person);
  if (reason) throw forbidden(reason);
  const covers = (one: number) => grant.companies === null || grant.companies.includes(one);
  if (division !== null) {
    reply.headers(deps.rateLimits.count(grant.app, division));
    checkDivision({ person, division, resource, covers }, deps);
  }
  const isWritten =
    /^webhooks\//i.test(resource) || (request.method === 'POST' && isPurchaseEntries(resource));
  if (request.method !== 'GET' && !isWritten) {
    throw new Refusal(501, 'Writing this is not modelled in the sandbox.');
  }
  const scope = scopeOf(resource);
  if (scope) deps.appScopes.demand(scope, request.method === 'GET' ? 'read' : 'manage');
  if (request.method === 'GET' && !isCount(resource)) requireJson(request);
  return deps.resources({
    method: request.method,
    app: grant.app,
    person,
    covers,
    resource,
    division: division ?? 0,
    query: request.query as Record<string, string | undefined>,
    body: request.body,
    base: baseOf(request),
    topOneBare: deps.store.state.topOneBare,
  });
}

/** The published body of an expired token's 401 is not known; clients act on the status alone. */
function authenticate(
  request: FastifyRequest,
  { grants, people, noteUser, store }: ApiDeps,
): { grant: Grant; person: Person } {
  const grant = grants.behind(bearer(request));
  const person = grant && people.find(grant.user);
  // A good token is refused now and then: around a renewal, or when clocks differ.
  const isOdd = hitsUrl(store, 'refused-401', request.url);
  if (!person || isOdd) throw new Refusal(401, 'Unauthorized', { 'www-authenticate': 'Bearer' });
  noteUser(request, person.userName);
  return { grant, person };
}

/** Addresses in an answer lead back to where the call came in. */
function baseOf(request: FastifyRequest): string {
  return `${'encrypted' in request.raw.socket ? 'https' : 'http'}://${request.headers.host}`;
}

function bearer(request: FastifyRequest): string {
  return /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
}

function readPath(path: string): { division: number | null; resource: string } {
  if (/^current\/me$/i.test(path)) return { division: null, resource: path };
  const match = /^(\d+)\/(.+)$/.exec(path);
  if (!match?.[2]) throw notFound('Resource not found.');
  return { division: Number(match[1]), resource: match[2] };
}

/** The company exists, the user may open it, the consent covers it, and nothing is wrong with it. */
function checkDivision(
  call: { person: Person; division: number; resource: string; covers: (division: number) => boolean },
  { divisions, store }: ApiDeps,
): void {
  const { person, division, resource, covers } = call;
  if (divisionLists.includes(unkeyed(resource).toLowerCase())) {
    if (store.state.listsCheckDivision && !covers(division)) throw notInScope();
    return;
  }
  const company = divisions.find(division);
  if (!company || !person.divisions.includes(division)) throw forbidden('NoDivisionAccess');
  if (!covers(division)) throw notInScope();
  if (company.blocked) throw forbidden('DivisionBlocked');
  if (company.licenceExpired) throw forbidden('LicenseExpired');
}

/** Without this header the vendor answers Atom XML, which the sandbox does not speak: it refuses instead. */
function requireJson(request: FastifyRequest): void {
  if (!/\bapplication\/json\b/i.test(request.headers.accept ?? '')) {
    throw new Refusal(406, 'The sandbox only speaks JSON: send "Accept: application/json".');
  }
}
