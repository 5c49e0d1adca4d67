import { parseStorable } from '../../domain/plain-text.ts';
import { AccountingFailure } from '../failure.ts';
import { send } from '../http.ts';
import { loginResultSchema, replySchema } from './schemas.ts';

/** A login that Tryton granted: the token goes into the header of every call until Tryton forgets it. */
export interface TrytonSession {
  userName: string;
  userId: number;
  token: string;
}

/** Tryton's JSON-RPC at `POST /<database>/rpc/`; the last slash matters (trytond/protocols/dispatcher.py). */
export interface TrytonClient {
  /**
   * Tries user name and password once.
   * @throws TrytonRefusal `unauthorised`, `asks-more`
   * @throws AccountingFailure a delay, or a reply that is not understood
   */
  login(values: { userName: string; password: string }, signal?: AbortSignal): Promise<TrytonSession>;
  /**
   * Calls one method; the last parameter must be the context.
   * @throws TrytonRefusal `unauthorised` when the session is over, `user-error` when Tryton says no in words
   * @throws AccountingFailure a delay, or a reply that is not understood
   */
  call(session: TrytonSession, method: string, parameters: unknown[], signal?: AbortSignal): Promise<unknown>;
}

/** What Tryton says no to; the caller knows what the no means. */
export class TrytonRefusal extends Error {
  override name = 'TrytonRefusal';
  readonly reason: 'unauthorised' | 'asks-more' | 'user-error';
  /** Tryton's own words; empty where it has none. */
  readonly said: string;

  constructor(reason: TrytonRefusal['reason'], message: string, said = '') {
    super(message);
    this.reason = reason;
    this.said = said;
  }
}

export interface TrytonAddress {
  /** Where Tryton answers, e.g. `https://tryton.example`. */
  baseUrl: string;
  database: string;
}

/** A client for one database of one Tryton server. Makes no call yet. */
export function createTrytonClient({ baseUrl, database }: TrytonAddress): TrytonClient {
  const url = new URL(
    `${encodeURIComponent(database)}/rpc/`,
    baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`,
  );
  const where = `Tryton database "${database}"`;

  async function post(
    method: string,
    params: unknown[],
    headers: Record<string, string>,
    signal?: AbortSignal,
  ) {
    const answer = await send(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ id: 1, method, params }),
      signal,
    });
    if (answer.status !== 200) throw meaningOfStatus(answer.status, `${where}, ${method}`);
    const reply = replySchema.safeParse(parsed(answer.text));
    if (!reply.success) throw notUnderstood(`${where}, ${method}: the answer is not JSON-RPC`);
    if ('error' in reply.data) throw meaningOfError(reply.data.error, `${where}, ${method}`);
    return reply.data.result;
  }

  return {
    async login({ userName, password }, signal) {
      const result = loginResultSchema.safeParse(
        await post('common.db.login', [userName, { password }], {}, signal),
      );
      if (!result.success) throw notUnderstood(`${where}: a login that is no user id and token`);
      const [userId, token] = result.data;
      return { userName, userId, token };
    },
    call(session, method, parameters, signal) {
      const authorization = `Session ${Buffer.from(`${session.userName}:${session.userId}:${session.token}`).toString('base64')}`;
      return post(method, parameters, { authorization }, signal);
    },
  };
}

function parsed(text: string): unknown {
  try {
    return parseStorable(text);
  } catch {
    return undefined;
  }
}

function meaningOfStatus(status: number, where: string): Error {
  const message = `${where}: ${status}`;
  if (status === 401) return new TrytonRefusal('unauthorised', message);
  if (status === 429) {
    return new AccountingFailure({ about: 'delay', reason: 'rate-limit', until: null }, message);
  }
  if (status >= 500) return new AccountingFailure({ about: 'delay', reason: 'outage', until: null }, message);
  if (status === 404) return notUnderstood(`${message}, this server has no such database`);
  return notUnderstood(message);
}

/** Tryton sends errors with HTTP 200: `[class, [message, description, …]]` or `[text, traceback]`. */
function meaningOfError(error: unknown[], where: string): Error {
  const [kind, details] = error;
  const words = Array.isArray(details) ? details.filter((part) => typeof part === 'string') : [];
  // A warning is a question to the user of a client, after its name; here is nobody to say yes, so it is a no.
  if (kind === 'UserError' || kind === 'UserWarning') {
    const said = words
      .slice(kind === 'UserWarning' ? 1 : 0)
      .join(' ')
      .trim();
    return new TrytonRefusal('user-error', `${where}: ${said}`, said);
  }
  if (kind === 'LoginException') {
    return new TrytonRefusal('asks-more', `${where}: the login asks for more than a password`);
  }
  return notUnderstood(`${where}: ${String(kind).slice(0, 200)}`);
}

function notUnderstood(message: string): AccountingFailure {
  return new AccountingFailure({ about: 'reply' }, message);
}
