import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ConnectionState } from '../../domain/connection.ts';
import type { SignIn } from '../../store/logins/sign-ins.ts';
import type { WebDeps } from '../deps.ts';
import type { Notice } from '../pages/notice-page.ts';
import type { SignInPageParts } from './sign-in-parts.ts';

export type LinkRequest = FastifyRequest<{ Params: { token: string } }>;

/** A link whose person may still log in, with what it is about. */
export interface OpenLink {
  token: string;
  signIn: SignIn;
  connection: ConnectionState;
}

/** The link, or null when the answer has been given: it leads nowhere, or its login came back in this browser. */
export type FindOpenLink = (request: LinkRequest, reply: FastifyReply) => Promise<OpenLink | null>;

export function createFindOpenLink({ store }: Pick<WebDeps, 'store'>, parts: SignInPageParts): FindOpenLink {
  return async (request, reply) => {
    const { token } = request.params;
    const answered = (notice: Notice | 'unknown' | 'used' | 'expired' | 'voided') => {
      parts.sendNotice(reply, notice);
      return null;
    };
    const signIn = await store.signIns.findByToken(token);
    if (signIn === 'unknown') return answered('unknown');
    const browser = parts.cookie.read(request, signIn.id);
    const ours = browser !== null && (await store.signIns.isHeldBy(signIn.id, browser));
    if (ours && (signIn.status === 'returned' || signIn.status === 'ended')) {
      reply.redirect(`/connect/result/${signIn.id}`, 303);
      return null;
    }
    const connection = await store.connections.get(signIn.connectionId);
    if (!connection) return answered('unknown');
    const end = await parts.findLinkEnd(signIn, connection);
    if (end) return answered(end);
    if (signIn.status === 'expired' || signIn.status === 'voided') return answered(signIn.status);
    if (signIn.status !== 'open' && !ours) return answered('used');
    return { token, signIn, connection };
  };
}
