import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Company } from '../../domain/connections/company.ts';
import type { SignInOutcome } from '../../domain/logins/sign-in.ts';
import { ObjectionError, UnavailableError } from '../../gateway/errors.ts';
import { cannotPassOn, whyNot } from '../../words/objections.ts';
import { sendPage, type WebDeps } from '../deps.ts';
import {
  companiesChosenPage,
  companiesPage,
  companyButtons,
  isFound,
  type CompaniesPage,
} from '../pages/companies-page.ts';
import { createFindLogin, type BrowserLogin, type ResultRequest } from './login-of-browser.ts';
import type { SignInPageParts } from './sign-in-parts.ts';

type Linked = Extract<SignInOutcome, { result: 'linked' }>;

const bodySchema = z.object({
  company: z.union([z.string(), z.array(z.string())]).default([]),
  search: z.string().trim().max(200).catch(''),
  button: z.enum(companyButtons).catch('start'),
});
const nothing: z.infer<typeof bodySchema> = { company: [], search: '', button: 'start' };

/** What is done with which companies; the ids are those of companies that can be reached. */
interface Choice {
  button: (typeof companyButtons)[number];
  search: string;
  ticked: Set<string>;
}

/** The last step of a set-up: which companies are synchronised. */
export function chooseCompaniesRoutes(app: FastifyInstance, deps: WebDeps, parts: SignInPageParts): void {
  const findLogin = createFindLogin(deps, parts);

  app.post('/connect/result/:signInId/companies', async (request: ResultRequest, reply) => {
    const login = await findLogin(request, reply);
    if (!login) return reply;
    const { outcome } = login.signIn;
    if (outcome?.result !== 'linked' || !choosesCompanies(login)) return reply.redirect(login.path, 303);
    const { company, search, button } = bodySchema.catch(nothing).parse(request.body ?? {});
    const companies = await deps.store.companies.all(login.connection.id);
    const choice = {
      button,
      search,
      ticked: ticksAfter({ button, search, sent: [company].flat() }, companies),
    };
    if (button !== 'start') return sendPage(reply, 200, pageOf(login, outcome, { companies, ...choice }));
    return takeChoice(reply, login, outcome, { companies, choice }, deps);
  });
}

/** Whether this login is one of a set-up whose companies are not chosen yet. */
export function choosesCompanies({ signIn, connection }: BrowserLogin): boolean {
  return signIn.purpose === 'set-up' && connection.companies === 0;
}

/** The page as it begins: everything is brought in unless somebody says otherwise. */
export async function choicePage(login: BrowserLogin, outcome: Linked, { store }: WebDeps): Promise<string> {
  const companies = await store.companies.all(login.connection.id);
  return pageOf(login, outcome, { companies, search: '', ticked: reachableOf(companies) });
}

function pageOf(
  { frame, path }: BrowserLogin,
  outcome: Linked,
  form: Pick<CompaniesPage, 'companies' | 'search' | 'ticked' | 'problem'>,
): string {
  const { companies, search, ticked, problem } = form;
  const action = `${path}/companies`;
  return companiesPage(frame, { outcome, companies, search, ticked, action, ...(problem && { problem }) });
}

const reachableOf = (companies: readonly Company[]) =>
  new Set(companies.filter(({ status }) => status === 'reachable').map(({ externalId }) => externalId));

/** "All" and "none" are about those that are shown; the ticks of the others stay. */
function ticksAfter(
  { button, search, sent }: Pick<Choice, 'button' | 'search'> & { sent: readonly string[] },
  companies: readonly Company[],
): Set<string> {
  const isTicked = (company: Company) =>
    (button === 'all' || button === 'none') && isFound(company, search)
      ? button === 'all'
      : sent.includes(company.externalId);
  return reachableOf(companies.filter(isTicked));
}

/** The action id comes from the login, so that a double click chooses once. */
async function takeChoice(
  reply: FastifyReply,
  login: BrowserLogin,
  outcome: Linked,
  { companies, choice }: { companies: readonly Company[]; choice: Choice },
  deps: WebDeps,
): Promise<FastifyReply> {
  const { signIn, connection, frame } = login;
  const { search, ticked } = choice;
  const again = (status: number, problem: string) =>
    sendPage(reply, status, pageOf(login, outcome, { companies, search, ticked, problem }));
  if (ticked.size === 0) return again(400, 'Please choose at least one company.');
  const isAll = ticked.size === reachableOf(companies).size;
  try {
    await deps.gateway.chooseCompanies(connection.id, {
      actionId: `choose-companies/${signIn.id}`,
      by: signIn.officeUserId,
      companies: isAll ? 'all' : companies.map(({ externalId }) => externalId).filter((id) => ticked.has(id)),
    });
  } catch (error) {
    if (error instanceof ObjectionError) return again(409, whyNot(error.objection));
    if (error instanceof UnavailableError) return again(503, cannotPassOn);
    throw error;
  }
  return sendPage(reply, 200, companiesChosenPage(frame, ticked.size, null));
}
