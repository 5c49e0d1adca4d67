import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Grants, hash } from './grants.ts';
import { consentPage, loggedInPage, logInPage, refusedPage } from './oauth-pages.ts';
import { sendPage } from './page.ts';
import type { People, Person } from './people.ts';
import type { StateStore } from './state.ts';

/** An app as it is registered at the vendor. */
export interface App {
  id: string;
  secret: string;
  name: string;
  /** Registered addresses; addresses of this machine are always allowed in the sandbox. */
  redirectUris: readonly string[];
}

export interface OauthDeps {
  app: App;
  people: People;
  grants: Grants;
  store: StateStore;
  /** `101 Bakkerij Jansen B.V.` for every company the person reaches. */
  companyNames(person: Person): string[];
  noteUser: (request: FastifyRequest, userName: string) => void;
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
});

const cookieName = 'exact_online_sandbox';
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
    const { step } = formSchema.parse(request.body);
    const person = session(request, deps);
    if (!person) return reply.redirect(addressOf(loginPath, question), 303);
    if (step !== 'allow') return back(reply, question, { error: 'access_denied' });
    const code = deps.grants.consent(person.userName, deps.app.id, question.redirect_uri);
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
    companies: deps.companyNames(person),
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

function session(request: FastifyRequest, { store, people, noteUser }: OauthDeps): Person | null {
  const wanted = hash(sessionId(request));
  const found = store.state.sessions.find((one) => one.hash === wanted);
  const person = found && people.find(found.user);
  if (!person || person.blocked || person.inactive) return null;
  noteUser(request, person.userName);
  return person;
}

function sessionId(request: FastifyRequest): string {
  return request.cookies[cookieName] ?? '';
}

function startSession(reply: FastifyReply, store: StateStore, person: Person): void {
  const id = randomBytes(24).toString('base64url');
  store.change((state) => {
    state.sessions = [...state.sessions, { hash: hash(id), user: person.userName }].slice(-50);
  });
  // Lax: a form on another site cannot give consent in the name of the person who is logged in.
  reply.setCookie(cookieName, id, { path: '/api/oauth2', httpOnly: true, sameSite: 'lax' });
}

function endSession(request: FastifyRequest, reply: FastifyReply, store: StateStore): void {
  const gone = hash(sessionId(request));
  store.change((state) => {
    state.sessions = state.sessions.filter((one) => one.hash !== gone);
  });
  reply.clearCookie(cookieName, { path: '/api/oauth2' });
}
