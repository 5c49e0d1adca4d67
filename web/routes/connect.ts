import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { RedirectSignIn } from '../../accounting/port.ts';
import type { SignIn } from '../../store/logins/sign-ins.ts';
import { personName } from '../connection-facts.ts';
import { whyDisconnected } from '../connection-words.ts';
import { sendPage, type WebDeps } from '../deps.ts';
import { createSayMoment, type SayMoment } from '../moments.ts';
import { connectPage } from '../pages/connect-page.ts';
import { readTypedLogin, type TypedLogin } from '../logins/typed-login.ts';
import { keepLogin } from './keep-login.ts';
import { createFindOpenLink, type LinkRequest, type OpenLink } from './open-link.ts';
import type { SignInPageParts } from './sign-in-parts.ts';

/** The page a link leads to, and the button on it. Only the button uses the link: previews may look. */
export function connectRoutes(app: FastifyInstance, deps: WebDeps, parts: SignInPageParts): void {
  const { store, systems } = deps;
  const { cookie, sendNotice } = parts;
  const findOpenLink = createFindOpenLink(deps, parts);
  const pageOf = createPageOf(deps, createSayMoment(deps));

  app.get('/connect/:token', async (request: LinkRequest, reply) => {
    const link = await findOpenLink(request, reply);
    if (!link) return reply;
    cookie.offer(request, reply, link.signIn.id);
    return sendPage(reply, 200, await pageOf(link));
  });

  app.post('/connect/:token', async (request: LinkRequest, reply) => {
    const link = await findOpenLink(request, reply);
    if (!link) return reply;
    const { signIn, connection } = link;
    const browser = cookie.read(request, signIn.id);
    if (!browser) return sendNotice(reply, 'notFromHere');
    const how = systems.get(connection.system).signIn;
    const typed = how.kind === 'form' ? readTypedLogin(how, request.body) : nothingTyped;
    const { values, plain } = typed;
    if (!values)
      return sendPage(reply, 400, await pageOf(link, { plain, problem: 'Please fill in every field.' }));
    if (!(await store.signIns.claim(signIn.id, browser))) return sendNotice(reply, 'used');
    return how.kind === 'redirect'
      ? goToLoginPage(reply, signIn, how, deps, parts)
      : keepLogin(reply, signIn, { values, plain }, deps, parts);
  });
}

/** RFC 6749 section 4.1.1. 303, so that the package never gets the form (RFC 9700 section 4.12). */
async function goToLoginPage(
  reply: FastifyReply,
  signIn: SignIn,
  how: RedirectSignIn,
  { store }: WebDeps,
  { redirectUri, sendNotice }: SignInPageParts,
): Promise<FastifyReply> {
  const state = randomBytes(32).toString('base64url');
  if (!(await store.signIns.setState(signIn.id, state))) return sendNotice(reply, 'used');
  const forceLogin = signIn.purpose !== 'set-up';
  return reply.redirect(how.authorisationUrl({ state, redirectUri, forceLogin }).href, 303);
}

const nothingTyped: TypedLogin = { values: {}, plain: {}, isFilledIn: false };

function createPageOf({ store, systems, office }: WebDeps, sayMoment: SayMoment) {
  return async (
    { token, signIn, connection }: OpenLink,
    { plain, problem }: { plain: TypedLogin['plain']; problem?: string } = nothingTyped,
  ): Promise<string> => {
    const system = systems.get(connection.system);
    const { link } = connection;
    const mends = signIn.purpose === 'reconnect';
    const broken = mends && link.state === 'disconnected';
    const own = mends ? null : await store.userLinks.find(connection.id, signIn.officeUserId);
    return connectPage({
      officeName: office.name,
      personName: signIn.outsider?.name ?? personName(office, signIn.officeUserId),
      askedBy: signIn.outsider ? personName(office, signIn.heldBy) : null,
      connectionName: connection.name,
      systemName: system.name,
      purpose: signIn.purpose,
      expectedLogin: mends ? (connection.login?.accountingUserName ?? null) : null,
      linkedAlready: own?.state === 'connected' ? (own.login?.accountingUserName ?? null) : null,
      reason: broken
        ? `Disconnected since ${sayMoment(link.since)}, because ${whyDisconnected(connection, system.name)}.`
        : null,
      action: `/connect/${token}`,
      validUntil: sayMoment(signIn.expiresAt),
      fields: system.signIn.kind === 'form' ? system.signIn.fields : null,
      typed: plain,
      ...(problem ? { problem } : {}),
    });
  };
}
