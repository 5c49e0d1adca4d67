import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { hash } from './grants.ts';
import type { People, Person } from './people.ts';
import type { StateStore } from '../state.ts';

const cookieName = 'exact_online_sandbox';

export interface SessionDeps {
  store: StateStore;
  people: People;
  noteUser: (request: FastifyRequest, userName: string) => void;
}

/** Who the browser is logged in as, or null; the switch `log-in-as` logs in browsers that have no session yet. */
export function session(request: FastifyRequest, { store, people, noteUser }: SessionDeps): Person | null {
  const wanted = hash(sessionId(request));
  const found = store.state.sessions.find((one) => one.hash === wanted);
  const user = found?.user ?? store.state.browserUser;
  const person = user === null ? undefined : people.find(user);
  if (!person || person.blocked || person.inactive) return null;
  noteUser(request, person.userName);
  return person;
}

function sessionId(request: FastifyRequest): string {
  return request.cookies[cookieName] ?? '';
}

export function startSession(reply: FastifyReply, store: StateStore, person: Person): void {
  const id = randomBytes(24).toString('base64url');
  store.change((state) => {
    state.sessions = [...state.sessions, { hash: hash(id), user: person.userName }].slice(-50);
  });
  // Lax: a form on another site cannot give consent in the name of the person who is logged in.
  reply.setCookie(cookieName, id, { path: '/api/oauth2', httpOnly: true, sameSite: 'lax' });
}

export function endSession(request: FastifyRequest, reply: FastifyReply, store: StateStore): void {
  const gone = hash(sessionId(request));
  store.change((state) => {
    state.sessions = state.sessions.filter((one) => one.hash !== gone);
    state.browserUser = null;
  });
  reply.clearCookie(cookieName, { path: '/api/oauth2' });
}
