import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { SignInOutcome } from '../../domain/sign-in.ts';
import { RefusedError, UnavailableError } from '../../gateway/errors.ts';
import { sendPage, type WebDeps } from '../deps.ts';
import { companiesChosenPage, companiesPage, type CompaniesPage } from '../pages/companies-page.ts';
import { cameFromOurPage } from '../request-origin.ts';
import { createFindLogin, type BrowserLogin, type ResultRequest } from './login-of-browser.ts';
import type { SignInPageParts } from './sign-in-parts.ts';

export type Tick = CompaniesPage['ticked'];
type Linked = Extract<SignInOutcome, { result: 'linked' }>;

const bodySchema = z.object({ company: z.union([z.string(), z.array(z.string())]).default([]) });

/** The last step of a set-up: which companies are synchronised. */
export function chooseCompaniesRoutes(app: FastifyInstance, deps: WebDeps, parts: SignInPageParts): void {
  const findLogin = createFindLogin(deps, parts);

  app.post('/connect/result/:signInId/companies', async (request: ResultRequest, reply) => {
    const login = await findLogin(request, reply);
    if (!login) return reply;
    if (!cameFromOurPage(request, deps.publicUrl)) return parts.sendNotice(reply, 'notFromHere');
    const { outcome } = login.signIn;
    if (outcome?.result !== 'linked' || !choosesCompanies(login)) return reply.redirect(login.path, 303);
    const body = bodySchema.safeParse(request.body ?? {});
    return takeChoice(reply, login, outcome, body.success ? [body.data.company].flat() : [], deps);
  });
}

/** Whether this login is one of a set-up whose companies are not chosen yet. */
export function choosesCompanies({ signIn, connection }: BrowserLogin): boolean {
  return signIn.purpose === 'set-up' && connection.companies === 0;
}

export async function choicePage(
  { connection, frame, path }: BrowserLogin,
  outcome: Linked,
  form: { ticked: Tick; problem?: string },
  { store }: WebDeps,
): Promise<string> {
  const companies = await store.companies.all(connection.id);
  return companiesPage(frame, { outcome, companies, action: `${path}/companies`, ...form });
}

/** The action id comes from the login, so that a double click chooses once. */
async function takeChoice(
  reply: FastifyReply,
  login: BrowserLogin,
  outcome: Linked,
  chosen: string[],
  deps: WebDeps,
): Promise<FastifyReply> {
  const { signIn, connection, frame } = login;
  const again = async (status: number, ticked: Tick, problem: string) =>
    sendPage(reply, status, await choicePage(login, outcome, { ticked, problem }, deps));
  const reachable = (await deps.store.companies.all(connection.id)).filter(
    ({ status }) => status === 'reachable',
  );
  const companies = reachable.map(({ externalId }) => externalId).filter((id) => chosen.includes(id));
  if (companies.length === 0) return again(400, 'none', 'Please choose at least one company.');
  try {
    await deps.gateway.chooseCompanies(connection.id, {
      actionId: `choose-companies/${signIn.id}`,
      by: signIn.officeUserId,
      companies: companies.length === reachable.length ? 'all' : companies,
    });
  } catch (error) {
    if (error instanceof RefusedError) return again(409, 'all', error.message);
    if (error instanceof UnavailableError) return again(503, 'all', error.message);
    throw error;
  }
  return sendPage(reply, 200, companiesChosenPage(frame, companies.length, null));
}
