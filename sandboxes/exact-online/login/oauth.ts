import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from '../app.ts';
import type { Grants } from './grants.ts';
import { consentPage, loggedInPage, logInPage, refusedPage } from './oauth-pages.ts';
import { sendPage } from '../page.ts';
import type { Person } from './people.ts';
import { endSession, session, type SessionDeps, startSession } from './oauth-session.ts';

export interface OauthDeps extends SessionDeps {
  app: App;
  grants: Grants;
  /** Every company the person reaches. */
  companies(person: Person): { division: number; code: string; name: string }[];
}

const questionSchema = z.object({
  client_id: z.string(),
  redirect_uri: z.string(),
  response_type: z.string(),
  state: z.string().optional(),
  force_login: z.string().optional(),
});
type Question = z.infer<typeof questionSchema>;

const formSchema = z.object({
  step: z.enum(['log-in', 'continue', 'log-out', 'allow', 'cancel']),
  userName: z.string().optional(),
  password: z.string().optional(),
  /** On the consent page: all companies and those to come, all of today, or the ones that are ticked. */
  companies: z.enum(['all', 'current', 'chosen']).default('all'),
  division: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((one) => [one].flat().map(Number)),
});

const loginPath = '/api/oauth2/auth';
const consentPath = '/api/oauth2/consent';

/**
 * The pages of the authorisation code flow (RFC 6749 section 4.1). The question travels in the address of each page,
 * so a page that was open during a restart still works.
 */
export function registerOauth(app: FastifyInstance, deps: OauthDeps): void {
  app.get(loginPath, (request, reply) => {
    const question = readQuestion(request, reply, deps);
    if (!question) return reply;
    const person = session(request, deps);
    if (!person || question.force_login === '1') return showLogIn(reply, question, deps);
    const body = loggedInPage({ app: deps.app.name, action: addressOf(loginPath, question), ...person });
    return sendPage(reply, { title: 'Logged in - Exact Online sandbox', body });
  });

  app.post(loginPath, (request, reply) => {
    const question = readQuestion(request, reply, deps);
    return question ? leaveLogIn(request, reply, question, deps) : reply;
  });

  app.get(consentPath, (request, reply) => {
    const question = readQuestion(request, reply, deps);
    if (!question) return reply;
    const person = session(request, deps);
    return person
      ? showConsent(reply, question, person, deps)
      : reply.redirect(addressOf(loginPath, question), 303);
  });

  app.post(consentPath, (request, reply) => {
    const question = readQuestion(request, reply, deps);
    if (!question) return reply;
    const { step, ...form } = formSchema.parse(request.body);
    const person = session(request, deps);
    if (!person) return reply.redirect(addressOf(loginPath, question), 303);
    if (step !== 'allow') return back(reply, question, { error: 'access_denied' });
    const covered = coveredBy(
      form,
      deps.companies(person).map(({ division }) => division),
    );
    const code = deps.grants.consent(person.userName, deps.app.id, question.redirect_uri, covered);
    return back(reply, question, { code });
  });
}

function showLogIn(
  reply: FastifyReply,
  question: Question,
  { app }: OauthDeps,
  tried: { userName: string; wrong: string | null } = { userName: '', wrong: null },
): FastifyReply {
  const body = logInPage({ app: app.name, action: addressOf(loginPath, question), ...tried });
  return sendPage(reply, { title: 'Log in - Exact Online sandbox', body });
}

function showConsent(reply: FastifyReply, question: Question, person: Person, deps: OauthDeps): FastifyReply {
  const body = consentPage({
    app: deps.app.name,
    action: addressOf(consentPath, question),
    userName: person.userName,
    companies: deps.companies(person),
  });
  return sendPage(reply, { title: 'Give access - Exact Online sandbox', body });
}

/** The buttons of the login page: log in, go on as the user who is logged in, log out, cancel. */
function leaveLogIn(
  request: FastifyRequest,
  reply: FastifyReply,
  question: Question,
  deps: OauthDeps,
): FastifyReply {
  const { step, userName = '', password = '' } = formSchema.parse(request.body);
  if (step === 'cancel') return back(reply, question, { error: 'access_denied' });
  if (step === 'log-out') {
    endSession(request, reply, deps.store);
    return reply.redirect(addressOf(loginPath, question), 303);
  }
  if (step === 'log-in') {
    const wrong = deps.people.logInRefusal(userName, password);
    if (wrong) return showLogIn(reply, question, deps, { userName, wrong });
    startSession(reply, deps.store, deps.people.find(userName)!);
  }
  return reply.redirect(addressOf(consentPath, question), 303);
}

function coveredBy(form: { companies: string; division: number[] }, today: number[]): number[] | null {
  if (form.companies === 'all') return null;
  return form.companies === 'current' ? today : today.filter((division) => form.division.includes(division));
}

function addressOf(path: string, question: Question): string {
  const query = new URLSearchParams(
    Object.entries(question).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
  return `${path}?${query.toString()}`;
}

/** Checks who asks and where the answer goes; a wrong one gets a page, never a redirect (RFC 6749 section 4.1.2.1). */
function readQuestion(request: FastifyRequest, reply: FastifyReply, { app }: OauthDeps): Question | null {
  const parsed = questionSchema.safeParse(request.query);
  const wrong = !parsed.success
    ? 'The address lacks client_id, redirect_uri or response_type.'
    : parsed.data.client_id !== app.id
      ? 'No app is registered under this client_id.'
      : !mayReturnTo(app, parsed.data.redirect_uri)
        ? 'The redirect_uri is not registered for this app.'
        : parsed.data.response_type !== 'code'
          ? 'The sandbox only knows response_type=code.'
          : null;
  if (wrong) sendPage(reply, { title: 'Exact Online sandbox', body: refusedPage(wrong) }, 400);
  return parsed.success && !wrong ? parsed.data : null;
}

function mayReturnTo(app: App, address: string): boolean {
  if (app.redirectUris.includes(address)) return true;
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return ['http:', 'https:'].includes(protocol) && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

function back(reply: FastifyReply, question: Question, answer: Record<string, string>): FastifyReply {
  const address = new URL(question.redirect_uri);
  for (const [name, value] of Object.entries(answer)) address.searchParams.set(name, value);
  if (question.state !== undefined) address.searchParams.set('state', question.state);
  return reply.redirect(address.href, 302);
}
