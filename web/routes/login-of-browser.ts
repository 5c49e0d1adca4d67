import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ConnectionState } from '../../domain/connection.ts';
import { findUser, mayManageConnections } from '../../domain/offices/office.ts';
import { mayUseLink } from '../../domain/logins/sign-in-link.ts';
import type { SignIn } from '../../store/logins/sign-ins.ts';
import type { WebDeps } from '../deps.ts';
import type { ResultFrame } from '../pages/result-pages.ts';
import type { SignInPageParts } from './sign-in-parts.ts';
import type { SignInId } from '../../domain/ids.ts';

export type ResultRequest = FastifyRequest<{ Params: { signInId: SignInId } }>;

/** A login that was made in the browser that asks. */
export interface BrowserLogin {
  signIn: SignIn;
  connection: ConnectionState;
  frame: ResultFrame;
  /** Address of its result page. */
  path: string;
}

/**
 * The login, or null when the answer has been given: there is none, it belongs to another browser, or to somebody who may not
 * do this any more.
 */
export type FindLogin = (request: ResultRequest, reply: FastifyReply) => Promise<BrowserLogin | null>;

export function createFindLogin(
  deps: WebDeps,
  { cookie, typedCookie, sendNotice }: SignInPageParts,
): FindLogin {
  const { store, systems, office } = deps;
  return async (request, reply) => {
    const { signInId } = request.params;
    const signIn = await store.signIns.get(signInId);
    const connection = signIn && (await store.connections.get(signIn.connectionId));
    const browser = cookie.read(request, signInId);
    const ours = browser !== null && (await store.signIns.isHeldBy(signInId, browser));
    if (!signIn || !connection || !ours) {
      sendNotice(reply, signIn && connection ? 'otherBrowser' : 'unknownLogin');
      return null;
    }
    if (!mayUseLink(signIn, connection, office)) {
      sendNotice(reply, 'notAllowed');
      return null;
    }
    const system = systems.get(connection.system);
    const path = `/connect/result/${signInId}`;
    const person = signIn.outsider === null ? findUser(office, signIn.officeUserId) : undefined;
    const frame = {
      officeName: office.name,
      connectionName: connection.name,
      systemName: system.name,
      screens: system.screens,
      purpose: signIn.purpose,
      fields: system.signIn.kind === 'form' ? system.signIn.fields : null,
      typed: typedCookie.read(request, signInId),
      againAction: `${path}/again`,
      takeOverAction:
        signIn.purpose === 'reconnect' && person && mayManageConnections(person) ? `${path}/take-over` : null,
    };
    return { signIn, connection, frame, path };
  };
}
