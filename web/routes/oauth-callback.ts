import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ReturnedLogin } from '../../domain/logins/sign-in.ts';
import type { WebDeps } from '../deps.ts';
import { deadLinks } from '../pages/notice-page.ts';
import type { SignInPageParts } from './sign-in-parts.ts';

/** RFC 6749 section 4.1.2: a code, or (4.1.2.1) an error; both with the state we gave. */
const querySchema = z
  .object({ state: z.string().min(1), code: z.string().optional(), error: z.string().optional() })
  .refine(({ code, error }) => (code === undefined) !== (error === undefined));

/** Where the package sends the browser back to. Nothing is redeemed here: the workflow does that, once. */
export function oauthCallbackRoutes(app: FastifyInstance, deps: WebDeps, parts: SignInPageParts): void {
  const { store, publicUrl } = deps;
  const { cookie, handOver, sendNotice, findLinkEnd, redirectUri } = parts;

  app.get('/oauth/callback', async (request, reply) => {
    const query = querySchema.safeParse(request.query);
    if (!query.success) return sendNotice(reply, 'unknownLogin');
    const { state } = query.data;
    const signIn = await store.signIns.findByState(state);
    if (signIn === 'unknown') return sendNotice(reply, 'unknownLogin');
    const browser = cookie.read(request, signIn.id);
    if (!browser || !(await store.signIns.isHeldBy(signIn.id, browser)))
      return sendNotice(reply, 'otherBrowser');
    if (signIn.status === 'expired' || signIn.status === 'voided') return sendNotice(reply, signIn.status);
    if (signIn.status === 'claimed') {
      // It may have been settled, or its holder have left, while they were at the login page.
      const connection = await store.connections.get(signIn.connectionId);
      const end = connection ? await findLinkEnd(signIn, connection) : deadLinks.unknownLogin;
      if (end) return sendNotice(reply, end);
    }
    const callback = new URL(request.url, publicUrl).href;
    const returned: ReturnedLogin = { kind: 'redirect', callback, state, redirectUri };
    // A second visit (reload, Back) keeps what came first, and goes to its result.
    if (await store.signIns.return(signIn.id, returned)) await handOver(signIn);
    return reply.redirect(`/connect/result/${signIn.id}`, 303);
  });
}
