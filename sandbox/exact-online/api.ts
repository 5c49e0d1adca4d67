import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Divisions } from './divisions.ts';
import type { Grants } from './grants.ts';
import type { People, Person } from './people.ts';
import type { RateLimits } from './rate-limits.ts';
import { forbidden, notFound, Refusal } from './refusal.ts';
import { type Call, divisionLists } from './resources.ts';

export interface ApiDeps {
  grants: Grants;
  people: People;
  divisions: Divisions;
  rateLimits: RateLimits;
  resources: (call: Call) => object;
  base: () => string;
  noteUser: (request: FastifyRequest, userName: string) => void;
}

/** `/api/v1/…`: the gate every call passes, then the resource. Names of resources are read whatever their case. */
export function registerApi(app: FastifyInstance, deps: ApiDeps): void {
  app.get<{ Params: { '*': string } }>('/api/v1/*', (request, reply) => {
    const person = authenticate(request, deps);
    const { division, resource } = readPath(request.params['*']);
    const reason = deps.people.refusal(person);
    if (reason) throw forbidden(reason);
    if (division !== null) {
      const { app: client } = deps.grants.behind(bearer(request))!;
      reply.headers(deps.rateLimits.count(client, division));
      if (!divisionLists.includes(resource.toLowerCase())) checkDivision(person, division, deps);
    }
    requireJson(request);
    const query = request.query as Record<string, string | undefined>;
    const body = deps.resources({ person, resource, division: division ?? 0, query, base: deps.base() });
    return reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(body));
  });

  app.route({
    method: ['POST', 'PUT', 'DELETE'],
    url: '/api/v1/*',
    handler: () => {
      throw new Refusal(501, 'The sandbox only reads: writing is not modelled.');
    },
  });
}

/** The published body of an expired token's 401 is not known; clients act on the status alone. */
function authenticate(request: FastifyRequest, { grants, people, noteUser }: ApiDeps): Person {
  const grant = grants.behind(bearer(request));
  const person = grant && people.find(grant.user);
  if (!person) throw new Refusal(401, 'Unauthorized', { 'www-authenticate': 'Bearer' });
  noteUser(request, person.userName);
  return person;
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

function checkDivision(person: Person, division: number, { divisions }: ApiDeps): void {
  const company = divisions.find(division);
  if (!company || !person.divisions.includes(division)) throw forbidden('NoDivisionAccess');
  if (company.blocked) throw forbidden('DivisionBlocked');
}

/** Without this header the vendor answers Atom XML, which the sandbox does not speak: it refuses instead. */
function requireJson(request: FastifyRequest): void {
  if (!/\bapplication\/json\b/i.test(request.headers.accept ?? '')) {
    throw new Refusal(406, 'The sandbox only speaks JSON: send "Accept: application/json".');
  }
}
