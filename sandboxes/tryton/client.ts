import { z } from 'zod';

/** Where the books are served. */
export interface TrytonAddress {
  url: string;
  database: string;
}

/** One user of the books, logged in. */
export interface TrytonUser {
  id: number;
  /** Calls one method as this user; the last parameter must be the context. @throws Error with Tryton's own refusal */
  call(method: string, parameters: unknown[]): Promise<unknown>;
}

const reply = z.union([z.object({ error: z.array(z.unknown()) }), z.object({ result: z.unknown() })]);
const loggedIn = z.tuple([z.int(), z.string()]).rest(z.unknown());

/**
 * Logs in by Tryton's JSON-RPC; the last slash of its address matters (trytond/protocols/dispatcher.py).
 * @throws Error with the HTTP status: 401 for a wrong password, 429 after too many of them
 */
export async function logIn(
  { url, database }: TrytonAddress,
  { login, password }: { login: string; password: string },
): Promise<TrytonUser> {
  async function post(method: string, params: unknown[], headers: Record<string, string> = {}) {
    const answer = await fetch(`${url}/${encodeURIComponent(database)}/rpc/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ id: 1, method, params }),
    });
    if (!answer.ok) throw new Error(`Tryton answered ${method} with ${answer.status}`);
    const said = reply.parse(await answer.json());
    if ('error' in said) throw new Error(`Tryton refused ${method}: ${JSON.stringify(said.error)}`);
    return said.result;
  }
  const [id, token] = loggedIn.parse(await post('common.db.login', [login, { password }]));
  const session = Buffer.from(`${login}:${id}:${token}`).toString('base64');
  return {
    id,
    call: (method, parameters) => post(method, parameters, { authorization: `Session ${session}` }),
  };
}
