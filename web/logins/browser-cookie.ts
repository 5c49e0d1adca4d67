import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SignInId } from '../../domain/ids.ts';

/** Binds a login to the browser it began in: a random value in a cookie of its own, of which the store keeps a hash. */
export interface BrowserCookie {
  /** Gives this browser its value when it has none yet, and says which it has. */
  offer(request: FastifyRequest, reply: FastifyReply, signInId: SignInId): string;
  read(request: FastifyRequest, signInId: SignInId): string | null;
}

/** Long enough to come back to the choice of companies later that day. */
const aDay = 24 * 60 * 60;

/**
 * `SameSite=Lax`: not sent with a form of another site, but sent when the package sends the browser back to us
 * (RFC 6749 section 10.12, RFC 9700 section 4.7). With https the `__Host-` prefix keeps other hosts from setting it.
 */
export function createBrowserCookie(publicUrl: string): BrowserCookie {
  const secure = publicUrl.startsWith('https:');
  const nameOf = (signInId: SignInId) => `${secure ? '__Host-' : ''}syncuser-${signInId}`;
  const read: BrowserCookie['read'] = (request, signInId) => request.cookies[nameOf(signInId)] ?? null;
  return {
    read,
    offer(request, reply, signInId) {
      const known = read(request, signInId);
      if (known) return known;
      const value = randomBytes(32).toString('base64url');
      reply.setCookie(nameOf(signInId), value, {
        httpOnly: true,
        sameSite: 'lax',
        secure,
        path: '/',
        maxAge: aDay,
      });
      return value;
    },
  };
}
