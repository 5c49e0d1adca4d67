import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Grants, TokenAnswer } from './grants.ts';
import type { App } from '../app.ts';
import type { State } from '../state-schema.ts';
import type { StateStore } from '../state.ts';
import { TokenRefusal } from './token-rules.ts';

const bodySchema = z.object({
  grant_type: z.string().optional(),
  code: z.string().optional(),
  redirect_uri: z.string().optional(),
  refresh_token: z.string().optional(),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
});
type Body = z.infer<typeof bodySchema>;

/** `POST /api/oauth2/token`: code and refresh token grants (RFC 6749 sections 4.1.3 and 6), form-urlencoded. */
export function registerTokenEndpoint(
  app: FastifyInstance,
  { app: client, grants, store }: { app: App; grants: Grants; store: StateStore },
): void {
  app.post('/api/oauth2/token', (request, reply) => {
    reply.header('cache-control', 'no-store');
    try {
      requireForm(request);
      const body = bodySchema.parse(request.body ?? {});
      checkClient(request, body, client);
      const trouble = body.grant_type === 'refresh_token' ? takeTrouble(store) : 'as-usual';
      if (trouble !== 'as-usual') return refuseOddly(trouble, reply);
      const tokens = answer(body, client, grants);
      return body.grant_type === 'refresh_token' && isLost(store) ? lose(request, reply) : tokens;
    } catch (error) {
      if (!(error instanceof TokenRefusal)) throw error;
      return reply
        .code(error.status)
        .headers(error.headers)
        .send({ error: error.error, error_description: error.message });
    }
  });
}

type Trouble = State['tokenReplies']['how'];

/** Seen by others for minutes on 22 and 24 March 2022; the grant stays as it is. */
function refuseOddly(trouble: Exclude<Trouble, 'as-usual'>, reply: FastifyReply): FastifyReply {
  switch (trouble) {
    case 'invalid-request':
      return reply.code(400).send({ error: 'invalid_request' });
    case 'text':
      return reply.code(400).type('text/plain').send('Bad Request');
    case 'empty-401':
      return reply.code(401).send();
    case 'invalid-client':
      throw wrongClient();
  }
}

function takeTrouble(store: StateStore): Trouble {
  const { how, left } = store.state.tokenReplies;
  if (how !== 'as-usual' && left !== null)
    store.change(({ tokenReplies }) => {
      tokenReplies.left = left - 1;
      if (left <= 1) tokenReplies.how = 'as-usual';
    });
  return how;
}

/** The tokens are rotated by now, and nobody will hear of the new ones. */
function lose(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  request.raw.socket.destroy();
  return reply;
}

function isLost(store: StateStore): boolean {
  if (store.state.loseRefreshReplies === 0) return false;
  store.change((state) => {
    state.loseRefreshReplies -= 1;
  });
  return true;
}

function answer(body: Body, client: App, grants: Grants): TokenAnswer {
  if (body.grant_type === 'authorization_code') {
    return grants.redeem(body.code ?? '', client.id, body.redirect_uri ?? '');
  }
  if (body.grant_type === 'refresh_token') return grants.refresh(body.refresh_token ?? '', client.id);
  throw new TokenRefusal(400, 'unsupported_grant_type', 'The grant type is not supported.');
}

function requireForm(request: FastifyRequest): void {
  if (/^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')) return;
  throw new TokenRefusal(400, 'invalid_request', 'The body must be application/x-www-form-urlencoded.');
}

/** The client's id and secret come in the body or as Basic authentication (RFC 6749 section 2.3.1). */
function checkClient(request: FastifyRequest, body: Body, client: App): void {
  const header = request.headers.authorization;
  const [id, secret] = header ? basic(header) : [body.client_id, body.client_secret];
  if (id !== client.id || secret !== client.secret) {
    throw wrongClient();
  }
}

function wrongClient(): TokenRefusal {
  return new TokenRefusal(401, 'invalid_client', 'The client id or the client secret is not right.');
}

/** A stale Bearer header on this call is refused by the vendor as well (django-exact). */
function basic(header: string): [string?, string?] {
  const match = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header);
  if (!match?.[1]) return [];
  const [id = '', ...rest] = Buffer.from(match[1], 'base64').toString('utf8').split(':');
  return [formDecoded(id), formDecoded(rest.join(':'))];
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
