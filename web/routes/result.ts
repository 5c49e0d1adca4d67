import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { SignInOutcome } from '../../domain/sign-in.ts';
import { RefusedError, UnavailableError } from '../../gateway/errors.ts';
import { reachOfFirstLogin } from '../../store/first-reach.ts';
import { sendPage, type WebDeps } from '../deps.ts';
import { companiesChosenPage } from '../pages/companies-page.ts';
import * as misfits from '../pages/misfit-pages.ts';
import * as pages from '../pages/result-pages.ts';
import { cameFromOurPage } from '../request-origin.ts';
import { choicePage, choosesCompanies, type Tick } from './choose-companies.ts';
import { createFindLogin, type BrowserLogin, type ResultRequest } from './login-of-browser.ts';
import type { SignInPageParts } from './sign-in-parts.ts';

const querySchema = z.object({
  tick: z.enum(['all', 'none']).catch('all'),
  /** How often the page has renewed itself. */
  looked: z.coerce.number().int().min(0).catch(0),
});

/** What came of a login, for the browser it was made in. */
export function resultRoutes(app: FastifyInstance, deps: WebDeps, parts: SignInPageParts): void {
  const findLogin = createFindLogin(deps, parts);

  app.get('/connect/result/:signInId', async (request: ResultRequest, reply) => {
    const login = await findLogin(request, reply);
    if (!login) return reply;
    const { tick, looked } = querySchema.parse(request.query);
    const { status, outcome } = login.signIn;
    if (outcome) return sendPage(reply, 200, await outcomePage(login, outcome, tick, deps));
    if (status === 'returned') return stillVerifying(reply, login, looked, parts);
    return parts.sendNotice(reply, status === 'expired' || status === 'voided' ? status : 'notFinished');
  });

  app.post('/connect/result/:signInId/take-over', async (request: ResultRequest, reply) => {
    const login = await findLogin(request, reply);
    if (!login) return reply;
    if (!cameFromOurPage(request, deps.publicUrl)) return parts.sendNotice(reply, 'notFromHere');
    return takeOver(reply, login, parts, deps);
  });

  app.post('/connect/result/:signInId/again', async (request: ResultRequest, reply) => {
    const login = await findLogin(request, reply);
    if (!login) return reply;
    if (!cameFromOurPage(request, deps.publicUrl)) return parts.sendNotice(reply, 'notFromHere');
    const { outcome, officeUserId, connectionId, purpose } = login.signIn;
    if (!outcome || !mayStartAgain(outcome)) return reply.redirect(login.path, 303);
    const { url } = await deps.links.issue({ officeUserId, connectionId, purpose });
    return reply.redirect(url, 303);
  });
}

/**
 * Another user came than expected, and a superuser confirms that he shall be used: that is a change like any other, with
 * its verification. The action id comes from the login, so that a double click asks once.
 */
async function takeOver(
  reply: FastifyReply,
  { signIn, connection, frame, path }: BrowserLogin,
  { sendNotice }: SignInPageParts,
  deps: WebDeps,
): Promise<FastifyReply> {
  const { id, officeUserId, connectionId, outcome } = signIn;
  if (outcome?.result !== 'wrong-user' || frame.takeOverAction === null) return reply.redirect(path, 303);
  const wish = { actionId: `take-over/${id}`, by: officeUserId, to: officeUserId, fate: 'let-go' } as const;
  try {
    await deps.gateway.changeSynchronisationUser(connection.id, wish);
  } catch (error) {
    if (!(error instanceof RefusedError || error instanceof UnavailableError)) throw error;
    return sendNotice(reply, { ...cannotGoOn, lead: `${error.message} Nothing was changed.` });
  }
  const { url } = await deps.links.issue({ officeUserId, connectionId, purpose: 'change' });
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

async function outcomePage(
  login: BrowserLogin,
  outcome: SignInOutcome,
  tick: Tick,
  deps: WebDeps,
): Promise<string> {
  const { frame, connection } = login;
  switch (outcome.result) {
    case 'linked':
      if (choosesCompanies(login)) return choicePage(login, outcome, { ticked: tick }, deps);
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
