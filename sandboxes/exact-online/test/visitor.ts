import { logIn } from '../login/log-in.ts';
import {
  createExactOnlineSandbox,
  type ExactOnlineSandbox,
  type ExactOnlineSandboxOptions,
} from '../server.ts';

export const redirectUri = 'http://127.0.0.1:9/callback';
export const client = { client_id: 'syncuser-local', client_secret: 'syncuser-local-secret' };

export interface Tokens {
  access_token: string;
  refresh_token: string;
  expires_in: string;
  token_type: string;
}

export interface Row {
  ID: string;
  Code: string;
  Timestamp: string;
  [field: string]: unknown;
}

/** Every field that some answer has; a test reads those of the answer it asked for. */
export interface Reply {
  d: Row[] & { results: Row[]; __next?: string; __count?: string; UserHasRights?: boolean; Code?: string };
  error: string;
  error_description: string;
  result: string;
  companies: { code: string; division: number }[];
}

export interface Answer {
  status: number;
  headers: Headers;
  json: Reply;
}

/** An app that visits a sandbox of its own over plain HTTP. */
export interface Visitor {
  sandbox: ExactOnlineSandbox;
  authorisationUrl(more?: Record<string, string>): URL;
  connect(userName: string): Promise<Tokens>;
  token(fields: Record<string, string>, headers?: Record<string, string>): Promise<Answer>;
  refresh(refreshToken: string): Promise<Answer>;
  /** `path` below `/api/v1/`, or an absolute address. */
  get(accessToken: string, path: string, headers?: Record<string, string>): Promise<Answer>;
  turn(name: string, body?: object): Promise<Answer>;
  /** Division codes by company code, e.g. `division('101')`. */
  division(code: string): Promise<number>;
}

export async function createVisitor(options: ExactOnlineSandboxOptions = {}): Promise<Visitor> {
  const sandbox = await createExactOnlineSandbox({ companies: 4, rows: 10, ...options });
  const { url } = sandbox;
  const token: Visitor['token'] = (fields, headers = {}) =>
    answer(fetch(`${url}/api/oauth2/token`, { method: 'POST', body: new URLSearchParams(fields), headers }));
  const authorisationUrl: Visitor['authorisationUrl'] = (more = {}) => {
    const query = {
      client_id: client.client_id,
      redirect_uri: redirectUri,
      response_type: 'code',
      state: 'a state',
    };
    return new URL(`${url}/api/oauth2/auth?${new URLSearchParams({ ...query, ...more }).toString()}`);
  };
  return {
    sandbox,
    authorisationUrl,
    token,
    async connect(userName) {
      const code = (await logIn(authorisationUrl(), { userName })).searchParams.get('code')!;
      const fields = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, ...client };
      return (await token(fields)).json as unknown as Tokens;
    },
    refresh: (refreshToken) => token({ grant_type: 'refresh_token', refresh_token: refreshToken, ...client }),
    get: (accessToken, path, headers = {}) =>
      answer(
        fetch(path.startsWith('http') ? path : `${url}/api/v1/${path}`, {
          headers: { accept: 'application/json', authorization: `Bearer ${accessToken}`, ...headers },
        }),
      ),
    turn: (name, body = {}) =>
      answer(
        fetch(`${url}/control/${name}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      ),
    async division(code) {
      const state = await answer(fetch(`${url}/control/state`));
      return state.json.companies.find((company) => company.code === code)!.division;
    },
  };
}

async function answer(sent: Promise<Response>): Promise<Answer> {
  const response = await sent;
  const text = await response.text();
  const json: unknown = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
  return { status: response.status, headers: response.headers, json: json as Reply };
}
