import { z } from 'zod';

import { AccountingFailure } from '../failure.ts';
import { send, type HttpReply } from '../http.ts';
import { describeUnknown, type UnknownReplies } from '../unknown-replies.ts';
import { unlimited, type Calls } from './calls.ts';
import { apiFailure, isHtml, parseJson } from './failures.ts';
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

/** A call that changes something in the package: our own subscriptions, and the bookings that were handed over. */
export interface Change extends Request {
  method: 'POST' | 'DELETE';
  body?: object;
  /** It books something: what is refused in words then is the booking. */
  books?: boolean;
  /** Called directly before it is sent, each time it is. */
  assertDue?: () => void;
}

export interface Page<T> {
  rows: T[];
  /** The query of the next page, or null after the last. */
  next: string | null;
  /** What time it was for the package when it answered: its Date, or, where it gives none, ours when it was asked. */
  at: Date;
}

/** Exact Online's REST API (OData 2, JSON) for one login. Each call tries once. */
export interface Client {
  /** @throws AccountingFailure */
  get<T>(request: Request, schema: z.ZodType<T>): Promise<T>;
  /** @throws AccountingFailure */
  change(change: Change): Promise<void>;
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
  calls?: Calls | undefined;
  timeoutMs?: number | undefined;
  /** Where answers are kept that are not understood. */
  unknownReplies?: UnknownReplies | undefined;
}

/** No company has this many pages of anything, and no day so many calls: what goes on longer has no end. */
const mostPages = 10_000;
/** An empty page with a next one after it has never been seen; a few are borne. */
const mostEmptyPages = 5;

export function createClient(deps: ClientDeps): Client {
  const { baseUrl, tokens, now, calls = unlimited, unknownReplies, timeoutMs } = deps;
  const urlOf = ({ division, endpoint, query }: Request) =>
    new URL(`${baseUrl}/api/v1/${division === null ? '' : `${division}/`}${endpoint}${query && `?${query}`}`);

  async function ask(request: Request & Partial<Change>, token: AccessToken): Promise<HttpReply> {
    const { method = 'GET', body } = request;
    await calls.before(request);
    request.assertDue?.();
    const answer = await send(urlOf(request), {
      method,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token.value}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      ...(timeoutMs !== undefined && { timeoutMs }),
      signal: request.signal,
    });
    await calls.after(request, answer);
    return answer;
  }

  async function reply(request: Request & Partial<Change>): Promise<HttpReply> {
    const token = await tokens.current();
    // The one call that asks for nothing but the login settles what is the matter with it.
    const outright = request.endpoint === 'current/Me';
    const first = await ask(request, token).catch(async (error: unknown) => {
      // Refused so often that it is not asked any more in this hour: a grant that is gone is refused when it is renewed.
      if (outright && isNotAsked(error)) await tokens.insteadOf(token, { outright });
      throw error;
    });
    if (first.status !== 401) return first;
    const other = await tokens.insteadOf(token, { outright });
    return other ? ask(request, other) : first;
  }

  async function get<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
    return (await read(request, schema)).data;
  }

  async function read<T>(request: Request, schema: z.ZodType<T>): Promise<{ data: T; at: Date }> {
    const { endpoint, division } = request;
    const askedAt = now();
    const received = await reply(request);
    const json = received.status === 200 ? parseJson(received.text) : undefined;
    if (json === undefined)
      throw await kept(request, received, apiFailure({ reply: received, endpoint, division, now: now() }));
    const { data, error } = schema.safeParse(json);
    if (error) throw await kept(request, received, misunderstood(request, z.prettifyError(error)));
    const at = new Date(received.headers.get('date') ?? NaN);
    return { data, at: Number.isNaN(at.getTime()) ? askedAt : at };
  }

  async function change(request: Change): Promise<void> {
    const { endpoint, division, books = false } = request;
    const received = await reply(request);
    if (received.status >= 200 && received.status < 300 && !isHtml(received)) return;
    const refusal = { reply: received, endpoint, division, now: now(), books };
    throw await kept(request, received, apiFailure(refusal));
  }

  async function kept(
    request: Request & Partial<Change>,
    { status, headers, text }: HttpReply,
    failure: AccountingFailure,
  ) {
    if (failure.meaning.about !== 'reply') return failure;
    const described = describeUnknown({
      system: 'exact-online',
      method: request.method ?? 'GET',
      url: urlOf(request),
      status,
      reason: headers.get('reason'),
      why: failure.message,
      text,
    });
    // That it could not be kept must not hide what happened.
    await unknownReplies?.keep(described).catch(() => undefined);
    return failure;
  }

  return {
    get,
    change,
    async *pages<T>(request: Request, row: z.ZodType<T>): AsyncGenerator<Page<T>> {
      const schema = listSchema(row);
      const asked = new Set<string>();
      let query: string | null = request.query;
      let before = '';
      let empty = 0;
      while (query !== null) {
        asked.add(query);
        type Read = { data: Omit<Page<T>, 'at'>; at: Date };
        const { data: page, at }: Read = await read({ ...request, query }, schema);
        const following: string | null = page.next === null ? null : queryOf(page.next, request);
        empty = page.rows.length === 0 ? empty + 1 : 0;
        const endless = asked.size === mostPages || empty > mostEmptyPages;
        if (following !== null && (endless || asked.has(following)))
          throw misunderstood(request, 'its next page is the same page, or has no end');
        const edges = JSON.stringify([page.rows.length, page.rows.at(0), page.rows.at(-1)]);
        if (page.rows.length > 0 && edges === before)
          throw misunderstood(request, 'its next page holds the same rows');
        yield { rows: page.rows, next: following, at };
        query = following;
        before = edges;
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

function isNotAsked(error: unknown): boolean {
  return (
    error instanceof AccountingFailure &&
    error.meaning.about === 'delay' &&
    error.meaning.within === 'endpoint'
  );
}

function misunderstood({ endpoint, division }: Request, why: string): AccountingFailure {
  const where = division === null ? endpoint : `${endpoint} of division ${division}`;
  return new AccountingFailure({ about: 'reply' }, `${where}: ${why}`.slice(0, 500));
}
