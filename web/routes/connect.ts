import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { FormSignIn, RedirectSignIn } from '../../accounting/port.ts';
import type { ReturnedLogin } from '../../domain/sign-in.ts';
import type { SignIn } from '../../store/sign-ins.ts';
import { personName } from '../connection-facts.ts';
import { whyDisconnected } from '../connection-words.ts';
import { sendPage, type WebDeps } from '../deps.ts';
import { createSayMoment, type SayMoment } from '../moments.ts';
import { connectPage } from '../pages/connect-page.ts';
import { cameFromOurPage } from '../request-origin.ts';
import { createFindOpenLink, type LinkRequest, type OpenLink } from './open-link.ts';
import type { SignInPageParts } from './sign-in-parts.ts';

/** The page a link leads to, and the button on it. Only the button uses the link: previews may look. */
export function connectRoutes(app: FastifyInstance, deps: WebDeps, parts: SignInPageParts): void {
  const { store, systems, publicUrl } = deps;
  const { cookie, sendNotice } = parts;
  const findOpenLink = createFindOpenLink(deps, parts);
  const pageOf = createPageOf(deps, createSayMoment(deps));

  app.get('/connect/:token', async (request: LinkRequest, reply) => {
    const link = await findOpenLink(request, reply);
    if (!link) return reply;
    cookie.offer(request, reply, link.signIn.id);
    return sendPage(reply, 200, pageOf(link));
  });

  app.post('/connect/:token', async (request: LinkRequest, reply) => {
    const link = await findOpenLink(request, reply);
    if (!link) return reply;
    const { signIn, connection } = link;
    const browser = cookie.read(request, signIn.id);
    if (!browser || !cameFromOurPage(request, publicUrl)) return sendNotice(reply, 'notFromHere');
    const how = systems.get(connection.system).signIn;
    const values = how.kind === 'form' ? readFields(how, request.body) : {};
    if (!values) return sendPage(reply, 400, pageOf(link, 'Please fill in every field.'));
    if (!(await store.signIns.claim(signIn.id, browser))) return sendNotice(reply, 'used');
    return how.kind === 'redirect'
      ? goToLoginPage(reply, signIn, how, deps, parts)
      : keepValues(reply, signIn, values, deps, parts);
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

async function keepValues(
  reply: FastifyReply,
  signIn: SignIn,
  values: Record<string, string>,
  { store }: WebDeps,
  { handOver }: SignInPageParts,
): Promise<FastifyReply> {
  const returned: ReturnedLogin = { kind: 'form', values };
  if (await store.signIns.return(signIn.id, returned)) await handOver(signIn);
  return reply.redirect(`/connect/result/${signIn.id}`, 303);
}

function createPageOf({ systems, office }: WebDeps, sayMoment: SayMoment) {
  return ({ token, signIn, connection }: OpenLink, problem?: string): string => {
    const system = systems.get(connection.system);
    const { link } = connection;
    const mends = signIn.purpose === 'reconnect';
    const broken = mends && link.state === 'disconnected';
    return connectPage({
      officeName: office.name,
      personName: signIn.outsider?.name ?? personName(office, signIn.officeUserId),
      askedBy: signIn.outsider ? personName(office, signIn.officeUserId) : null,
      connectionName: connection.name,
      systemName: system.name,
      purpose: signIn.purpose,
      expectedLogin: mends ? (connection.login?.accountingUserName ?? null) : null,
      reason: broken
        ? `Disconnected since ${sayMoment(link.since)}, because ${whyDisconnected(connection, system.name)}.`
        : null,
      action: `/connect/${token}`,
      validUntil: sayMoment(signIn.expiresAt),
      fields: system.signIn.kind === 'form' ? system.signIn.fields : null,
      ...(problem ? { problem } : {}),
    });
  };
}

const longestValue = 500;

/** The values of the fields that were asked, or null when one is missing or too long. */
function readFields(how: FormSignIn, body: unknown): Record<string, string> | null {
  const given = (body ?? {}) as Record<string, unknown>;
  const values = how.fields.map(({ name }) => [name, given[name]] as const);
  const filled = values.every(
    (entry): entry is readonly [string, string] =>
      typeof entry[1] === 'string' && entry[1] !== '' && entry[1].length <= longestValue,
  );
  return filled ? Object.fromEntries(values) : null;
}
