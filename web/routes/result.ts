import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { SignInOutcome } from '../../domain/logins/sign-in.ts';
import { ObjectionError, UnavailableError } from '../../gateway/errors.ts';
import { cannotPassOn, whyNot } from '../../words/objections.ts';
import { reachOfFirstLogin } from '../../store/verification/first-reach.ts';
import type { SignIn } from '../../store/logins/sign-ins.ts';
import { sendPage, type WebDeps } from '../deps.ts';
import { companiesChosenPage } from '../pages/companies-page.ts';
import * as misfits from '../pages/misfit-pages.ts';
import * as pages from '../pages/result-pages.ts';
import { deadLinks, type Notice } from '../pages/notice-page.ts';
import { readTypedLogin } from '../logins/typed-login.ts';
import type { SignInLinkRequest } from '../logins/sign-in-links.ts';
import { choicePage, choosesCompanies } from './choose-companies.ts';
import { keepLogin } from './keep-login.ts';
import { goToLaterLogin } from './later-login.ts';
import { createFindLogin, type BrowserLogin, type ResultRequest } from './login-of-browser.ts';
import type { SignInPageParts } from './sign-in-parts.ts';

const querySchema = z.object({
  /** How often the page has renewed itself. */
  looked: z.coerce.number().int().min(0).catch(0),
});

/** What came of a login, for the browser it was made in. */
export function resultRoutes(app: FastifyInstance, deps: WebDeps, parts: SignInPageParts): void {
  const findLogin = createFindLogin(deps, parts);

  app.get('/connect/result/:signInId', async (request: ResultRequest, reply) => {
    const login = await findLogin(request, reply);
    if (!login) return reply;
    if (await hasMovedOn(request, reply, login, parts, deps)) return reply;
    const { looked } = querySchema.parse(request.query);
    const { status, outcome } = login.signIn;
    if (outcome) return sendPage(reply, 200, await outcomePage(login, outcome, deps));
    if (status === 'returned') return stillVerifying(reply, login, looked, parts);
    return parts.sendNotice(reply, status === 'expired' || status === 'voided' ? status : 'notFinished');
  });

  app.post('/connect/result/:signInId/take-over', async (request: ResultRequest, reply) => {
    const login = await findLogin(request, reply);
    if (!login) return reply;
    return takeOver(reply, login, parts, deps);
  });

  app.post('/connect/result/:signInId/again', async (request: ResultRequest, reply) => {
    const login = await findLogin(request, reply);
    if (!login) return reply;
    return startAgain(request, reply, login, parts, deps);
  });
}

/**
 * Whether something else came of it than this attempt: a later login was taken, or what it was refused for is settled. Then
 * that has been said.
 */
async function hasMovedOn(
  request: ResultRequest,
  reply: FastifyReply,
  { signIn, connection }: BrowserLogin,
  parts: SignInPageParts,
  deps: WebDeps,
): Promise<boolean> {
  if (await goToLaterLogin(request, reply, { signIn, connectionName: connection.name }, deps, parts))
    return true;
  if (!signIn.outcome || !mayStartAgain(signIn.outcome)) return false;
  const end = await parts.findLinkEnd(signIn, connection);
  if (end) parts.sendNotice(reply, end);
  return end !== null;
}

/** A new link of the same kind. Where the package has no login page, what was entered here is that login already. */
async function startAgain(
  request: ResultRequest,
  reply: FastifyReply,
  login: BrowserLogin,
  parts: SignInPageParts,
  deps: WebDeps,
): Promise<FastifyReply> {
  const { signIn, connection, frame, path } = login;
  const { outcome } = signIn;
  if (!outcome || !(mayStartAgain(outcome) || (outcome.result === 'linked' && choosesCompanies(login))))
    return reply.redirect(path, 303);
  if (await hasMovedOn(request, reply, login, parts, deps)) return reply;
  const end = await endOf(signIn, connection, parts, deps);
  if (end) return parts.sendNotice(reply, end);
  const typed = frame.fields && readTypedLogin({ fields: frame.fields }, request.body);
  if (!typed?.isFilledIn) return reply.redirect((await deps.links.issue(sameAs(signIn))).url, 303);
  const { values, plain } = typed;
  if (!values) {
    const form = { ...frame, typed: plain, problem: 'Please fill in every field.' };
    return sendPage(reply, 400, await outcomePage({ ...login, frame: form }, outcome, deps));
  }
  const { signInId: id } = await deps.links.issue(sameAs(signIn));
  const browser = parts.cookie.offer(request, reply, id);
  if (!(await deps.store.signIns.claim(id, browser))) return parts.sendNotice(reply, 'used');
  return keepLogin(reply, { ...signIn, id }, { values, plain }, deps, parts);
}

/** Why a new attempt leads nowhere, or null: it is over with its first link, whatever is settled meanwhile. */
async function endOf(
  signIn: SignIn,
  connection: BrowserLogin['connection'],
  { findLinkEnd }: SignInPageParts,
  { now }: WebDeps,
): Promise<Notice | null> {
  const end = await findLinkEnd(signIn, connection);
  return end ?? (signIn.expiresAt <= now().toISOString() ? deadLinks.expired : null);
}

/** A link that allows what this one allowed, to the same holder, and ends when it would have. */
function sameAs({
  officeUserId,
  heldBy,
  outsider,
  connectionId,
  purpose,
  expiresAt,
}: SignIn): SignInLinkRequest {
  return { officeUserId, heldBy, outsider, connectionId, purpose, notAfter: expiresAt };
}

/**
 * Another user came than expected, and a superuser confirms that they shall be used: that is a change like any other,
 * with its verification. The action id comes from the login, so that a double click asks once.
 */
async function takeOver(
  reply: FastifyReply,
  { signIn, connection, frame, path }: BrowserLogin,
  parts: SignInPageParts,
  deps: WebDeps,
): Promise<FastifyReply> {
  const { sendNotice } = parts;
  const { id, officeUserId, outcome } = signIn;
  if (outcome?.result !== 'wrong-user' || frame.takeOverAction === null) return reply.redirect(path, 303);
  const end = await endOf(signIn, connection, parts, deps);
  if (end) return sendNotice(reply, end);
  const asked = { actionId: `take-over/${id}`, by: officeUserId, to: officeUserId, fate: 'let-go' } as const;
  try {
    await deps.gateway.changeSynchronisationUser(connection.id, asked);
  } catch (error) {
    if (!(error instanceof ObjectionError || error instanceof UnavailableError)) throw error;
    const why = error instanceof ObjectionError ? whyNot(error.objection) : cannotPassOn;
    return sendNotice(reply, { ...cannotGoOn, lead: `${why} Nothing was changed.` });
  }
  const { url } = await deps.links.issue({ ...sameAs(signIn), purpose: 'change' });
  return reply.redirect(url, 303);
}

/** After so many looks the page says that it takes long, and looks less often. */
const manyLooks = 15;

async function stillVerifying(
  reply: FastifyReply,
  { signIn, frame }: BrowserLogin,
  looked: number,
  { handOver, sendNotice }: SignInPageParts,
): Promise<FastifyReply> {
  const handedOver = await handOver(signIn);
  if (typeof handedOver === 'object')
    return sendNotice(reply, { ...cannotGoOn, lead: `${handedOver.refused} Nothing was changed.` });
  const slow = looked >= manyLooks;
  const trouble = handedOver === 'not-yet' ? 'not-handed-over' : slow ? 'slow' : null;
  const renew = { url: `?looked=${looked + 1}`, seconds: slow ? 5 : 2 };
  return sendPage(reply, 200, pages.verifyingPage(frame, { trouble, renew }));
}

const cannotGoOn = {
  status: 409,
  tone: 'attention',
  eyebrow: 'Login',
  title: 'This login cannot be used any more',
} as const;

function mayStartAgain(outcome: SignInOutcome): boolean {
  return outcome.result !== 'linked' && outcome.result !== 'no-longer-needed';
}

async function outcomePage(login: BrowserLogin, outcome: SignInOutcome, deps: WebDeps): Promise<string> {
  const { frame, connection } = login;
  switch (outcome.result) {
    case 'linked':
      if (choosesCompanies(login)) return choicePage(login, outcome, deps);
      if (frame.purpose === 'set-up') {
        const reach = await reachOfFirstLogin(deps.store, connection, login.signIn.officeUserId);
        return companiesChosenPage(frame, connection.companies, reach);
      }
      return pages.linkedPage(frame, outcome);
    case 'wrong-user':
      return misfits.wrongUserPage(frame, outcome);
    case 'wrong-environment':
      return misfits.wrongEnvironmentPage(frame, outcome);
    case 'no-companies':
      return misfits.noCompaniesPage(frame, outcome);
    case 'refused':
      return misfits.refusedPage(frame, outcome.cause, connection.login?.accountingUserName ?? null);
    case 'no-longer-needed':
      return pages.noLongerNeededPage(frame);
  }
}
