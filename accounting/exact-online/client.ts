import { z } from 'zod';

import { AccountingFailure } from '../failure.ts';
import { send, type HttpReply } from '../http.ts';
import { apiFailure, parseJson } from './failures.ts';
import { listSchema } from './schemas.ts';
import type { AccessToken, AccessTokens } from './tokens.ts';

export interface Request {
  /** The company in the path; null only for `current/Me`. There is no such thing as a default division here. */
  division: number | null;
  /** `financial/GLAccounts` */
  endpoint: string;
  /** As it stands in the address, without the question mark: made by `query`, or part of a `__next`. */
  query: string;
  signal?: AbortSignal | undefined;
}

export interface Page<T> {
  rows: T[];
  /** The query of the next page, or null after the last. */
  next: string | null;
}

/** Exact Online's REST API (OData 2, JSON) for one login. Each call tries once. */
export interface Client {
  /** @throws AccountingFailure */
  get<T>(request: Request, schema: z.ZodType<T>): Promise<T>;
  /**
   * All pages from here on, one after the other: the vendor warns against parallel ones.
   * @throws AccountingFailure
   */
  pages<T>(request: Request, row: z.ZodType<T>): AsyncGenerator<Page<T>>;
}

export interface ClientDeps {
  baseUrl: string;
  tokens: AccessTokens;
  now: () => Date;
}

export function createClient({ baseUrl, tokens, now }: ClientDeps): Client {
  const urlOf = ({ division, endpoint, query }: Request) =>
    new URL(`${baseUrl}/api/v1/${division === null ? '' : `${division}/`}${endpoint}?${query}`);

  const ask = (request: Request, token: AccessToken) =>
    send(urlOf(request), {
      headers: { accept: 'application/json', authorization: `Bearer ${token.value}` },
      signal: request.signal,
    });

  async function reply(request: Request): Promise<HttpReply> {
    const token = await tokens.current();
    const first = await ask(request, token);
    if (first.status !== 401) return first;
    const other = await tokens.insteadOf(token);
    return other ? ask(request, other) : first;
  }

  async function get<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
    const { endpoint, division } = request;
    const received = await reply(request);
    const json = received.status === 200 ? parseJson(received.text) : undefined;
    if (json === undefined) throw apiFailure({ reply: received, endpoint, division, now: now() });
    const { data, error } = schema.safeParse(json);
    if (error) throw misunderstood(request, z.prettifyError(error));
    return data;
  }

  return {
    get,
    async *pages<T>(request: Request, row: z.ZodType<T>): AsyncGenerator<Page<T>> {
      const schema = listSchema(row);
      let query: string | null = request.query;
      while (query !== null) {
        const page: Page<T> = await get({ ...request, query }, schema);
        const following: string | null = page.next === null ? null : queryOf(page.next, request);
        if (following === query) throw misunderstood(request, 'its next page is the same page');
        yield { rows: page.rows, next: following };
        query = following;
      }
    },
  };
}

/** `query({ $select: 'ID', $filter: 'Timestamp gt 1L' })`; spaces become %20, which every OData server takes. */
export function query(options: Record<string, string | undefined>): string {
  return Object.entries(options)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}

/** Only the query of `__next` is followed: the token goes to no host but ours, and to no other endpoint. */
function queryOf(next: string, request: Request): string {
  const url = URL.canParse(next) ? new URL(next) : null;
  if (!url?.pathname.toLowerCase().endsWith(`/${request.endpoint.toLowerCase()}`)) {
    throw misunderstood(request, 'its next page is somewhere else');
  }
  return url.search.slice(1);
}

function misunderstood({ endpoint, division }: Request, why: string): AccountingFailure {
  const where = division === null ? endpoint : `${endpoint} of division ${division}`;
  return new AccountingFailure({ about: 'reply' }, `${where}: ${why}`.slice(0, 500));
}
