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
}

const kept = 1000;

/** Remembers the last requests to the vendor's side. Query strings of the login are left out: they carry secrets. */
export function createRequestLog(app: FastifyInstance, now: () => number): RequestLog {
  const users = new WeakMap<FastifyRequest, string>();
  const requests: LoggedRequest[] = [];
  app.addHook('onResponse', async (request, reply) => {
    if (!request.url.startsWith('/api/')) return;
    const path = request.url.startsWith('/api/v1/') ? readable(request.url) : request.url.split('?')[0]!;
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
  };
}

function readable(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
