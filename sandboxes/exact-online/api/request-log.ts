import type { FastifyInstance, FastifyRequest } from 'fastify';

export interface LoggedRequest {
  at: string;
  method: string;
  path: string;
  user: string | null;
  status: number;
}

export interface RequestLog {
  noteUser: (request: FastifyRequest, userName: string) => void;
  /** The newest first. */
  last(limit: number): LoggedRequest[];
  /** How often each resource was asked since the start, whatever the company and the answer. */
  counts(): Record<string, number>;
}

const kept = 1000;

/** Remembers the last requests to the vendor's side. Query strings of the login are left out: they carry secrets. */
export function createRequestLog(app: FastifyInstance, now: () => number): RequestLog {
  const users = new WeakMap<FastifyRequest, string>();
  const requests: LoggedRequest[] = [];
  const counts = new Map<string, number>();
  app.addHook('onResponse', async (request, reply) => {
    if (!request.url.startsWith('/api/')) return;
    const path = request.url.startsWith('/api/v1/') ? readable(request.url) : request.url.split('?')[0]!;
    const resource = resourceOf(request.url);
    counts.set(resource, (counts.get(resource) ?? 0) + 1);
    requests.push({
      at: new Date(now()).toISOString(),
      method: request.method,
      path,
      user: users.get(request) ?? null,
      status: reply.statusCode,
    });
    if (requests.length > kept) requests.splice(0, requests.length - kept);
  });
  return {
    noteUser: (request, userName) => users.set(request, userName),
    last: (limit) => requests.slice(-limit).reverse(),
    counts: () => Object.fromEntries(counts),
  };
}

/** `vat/VATCodes` of `/api/v1/2310460/vat/VATCodes?$select=…`. */
function resourceOf(url: string): string {
  return url
    .split('?')[0]!
    .replace(/^\/api\/(v1\/)?/, '')
    .replace(/^\d+\//, '');
}

function readable(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
