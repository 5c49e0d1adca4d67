import { z } from 'zod';

import type { DoubtedCause, LinkCause } from '../../domain/causes.ts';
import type { Gate } from '../../domain/connections/gates.ts';
import { parseStorable } from '../../domain/plain-text.ts';
import { AccountingFailure, type FailureMeaning } from '../failure.ts';
import type { HttpReply } from '../http.ts';

export interface Refusal {
  reply: HttpReply;
  /** Where it was asked, without the query: `financial/GLAccounts`. */
  endpoint: string;
  /** The company in the path; without one a licence is a matter of the whole login. */
  division: number | null;
  now: Date;
  /** Something was to be booked. */
  books?: boolean;
}

/**
 * What an answer without data means, in the order: header `Reason`, status, words.
 * Reasons and texts: picqer/exact-php-client pull 451 and issue 509, the vendor's "Response codes and error handling",
 * forums.invantive.com threads 407 and 718.
 */
export function apiFailure(refusal: Refusal): ExactRefusal {
  const said = sayings(refusal.reply);
  return new ExactRefusal(apiMeaning(refusal, said), message(refusal, said), refusal.reply.status);
}

/** What the API itself refused, with its status. A refusal of the token endpoint says nothing of what was asked, and is none. */
export class ExactRefusal extends AccountingFailure {
  readonly status: number;

  constructor(meaning: FailureMeaning, message: string, status: number) {
    super(meaning, message);
    this.status = status;
  }
}

function apiMeaning({ reply, division, now, books }: Refusal, { reason, words }: Sayings): FailureMeaning {
  const named = reasonMeaning(reason, division);
  if (named) return named;
  if (books && words && reply.status === 400) return { about: 'booking', said: words };
  // Also what is wrong with an entry may be said with 500 (picqer/exact-php-client issue 515), but so is "try again later".
  if (books && words && reply.status >= 500)
    return { about: 'delay', reason: 'outage', until: null, said: words };
  const common = commonMeaning(reply, division, now);
  if (common) return common;
  // Good tokens are refused now and then, around a renewal for up to 90 s: only a refused renewal proves anything.
  if (reply.status === 401) return doubt('not-accepted');
  if (reply.status === 403) return forbidden(words, division);
  // An endpoint of a module that the licence of this company lacks is not there.
  if (reply.status === 404 && division !== null) return { about: 'right', gate: 'module' };
  return { about: 'reply' };
}

/**
 * What a refusal of the token endpoint means. Bodies: picqer/exact-php-client issues 300, 471, 640 and
 * websmurf/laravel-exact-online issues 23, 31. How a withdrawn consent reads is recorded nowhere (inferred: the
 * words say so); any other refusal of the grant is a lost one, for a human has to log in again either way. What is no
 * refusal of the grant proves nothing: on two days in March 2022 the endpoint answered `invalid_request` for a while.
 */
export function tokenFailure(reply: HttpReply, now: Date): AccountingFailure {
  const refusal: Refusal = { reply, endpoint: 'oauth2/token', division: null, now };
  const said = sayings(reply);
  return new AccountingFailure(tokenMeaning(refusal, said), message(refusal, said));
}

function tokenMeaning({ reply, division, now }: Refusal, { reason, error, words }: Sayings): FailureMeaning {
  // 400 has been seen, the vendor's page says 401: the words count, not the status.
  if (/access_token not expired/i.test(`${reason} ${words}`)) {
    return { about: 'delay', reason: 'rate-limit', until: new Date(now.getTime() + minute) };
  }
  const named = reasonMeaning(reason, null);
  if (named) return named;
  const common = commonMeaning(reply, division, now);
  if (common) return common;
  if (error === 'invalid_client') return doubt('app-refused');
  if (/refresh token expired|token (has|is) expired/i.test(words)) return link('consent-expired');
  if (/old refresh token/i.test(words)) return link('grant-lost');
  if (/revoked|withdrawn/i.test(words)) return link('consent-withdrawn');
  if (error === 'invalid_grant') return link('grant-lost');
  return doubt('not-accepted');
}

function reasonMeaning(reason: string, division: number | null): FailureMeaning | null {
  switch (/^\w+/.exec(reason)?.[0] ?? '') {
    case 'BlockedUser':
      return link('user-blocked');
    case 'InactiveUser':
      return link('user-inactive');
    case 'LicenseExpired':
      return ofCompany('licence-expired', division, 'licence-expired');
    case 'BlockedCustomer':
      return ofCompany('blocked', division, 'licence-expired');
    case 'DivisionBlocked':
      return ofCompany('blocked', division, 'no-company-access');
    case 'NoDivisionAccess':
      return ofCompany('no-access', division, 'no-company-access', 'company-access');
    default:
      return null;
  }
}

function commonMeaning(reply: HttpReply, division: number | null, now: Date): FailureMeaning | null {
  const { status, headers } = reply;
  if (status === 429) {
    const delay = { about: 'delay', reason: 'rate-limit', until: limitEnds(headers, now) } as const;
    return division === null ? delay : { ...delay, within: 'company' };
  }
  if (status === 408 || status >= 500) return { about: 'delay', reason: 'outage', until: null };
  // A maintenance page comes as 200 text/html (django-exact, ExactUnavailable).
  if (status === 200 && isHtml(reply)) return { about: 'delay', reason: 'outage', until: null };
  return null;
}

/** A used-up minute sends only the Minutely headers, a used-up day only the others (picqer README); epoch ms. */
function limitEnds(headers: Headers, now: Date): Date {
  for (const header of ['x-ratelimit-minutely-reset', 'x-ratelimit-reset']) {
    const reset = Number(headers.get(header));
    // No budget lasts longer than a day: what lies further away is no end of one.
    if (reset > now.getTime() && reset <= now.getTime() + 2 * day) return new Date(reset);
  }
  return new Date(now.getTime() + minute);
}

function forbidden(words: string, division: number | null): FailureMeaning {
  if (/division scope/i.test(words))
    return ofCompany('no-access', division, 'no-company-access', 'app-companies');
  if (/license (has |is )?expired/i.test(words))
    return ofCompany('licence-expired', division, 'licence-expired');
  if (/application scope/i.test(words)) return { about: 'right', gate: 'app-scope' };
  if (/^forbidden\W*$/i.test(words)) return { about: 'right', gate: 'user-right' };
  return { about: 'reply' };
}

function link(cause: LinkCause): FailureMeaning {
  return { about: 'link', cause };
}

function doubt(of: DoubtedCause): FailureMeaning {
  return { about: 'doubt', of };
}

/** A trouble of the company in the path; in a call without one, of the whole login. */
function ofCompany(
  status: 'blocked' | 'no-access' | 'licence-expired',
  division: number | null,
  otherwise: LinkCause,
  gate?: Gate,
): FailureMeaning {
  return division === null ? link(otherwise) : { about: 'company', status, ...(gate && { gate }) };
}

interface Sayings {
  /** The header `Reason`, "when applicable". */
  reason: string;
  /** RFC 6749 section 5.2, on the token endpoint only. */
  error: string;
  words: string;
}

/** RFC 6749 section 5.2 on the token endpoint, OData 2 elsewhere. */
const errorSchema = z.union([
  z
    .object({ error: z.string(), error_description: z.string().default('') })
    .transform(({ error, error_description }) => ({ error, words: error_description })),
  z
    .object({ error: z.object({ message: z.object({ value: z.string() }) }) })
    .transform(({ error }) => ({ error: '', words: error.message.value.trim() })),
]);

function sayings({ headers, text }: HttpReply): Sayings {
  const { data } = errorSchema.safeParse(parseJson(text));
  return { reason: headers.get('reason')?.trim() ?? '', error: data?.error ?? '', words: data?.words ?? '' };
}

/** Only what an error says is quoted, never a body as such: that may hold a token. */
function message({ reply, endpoint, division }: Refusal, { reason, error, words }: Sayings): string {
  const where = division === null ? endpoint : `${endpoint} of division ${division}`;
  const said = [error, words, reason && `(Reason: ${reason})`].filter(Boolean).join(' ');
  const kind = isHtml(reply) ? 'a web page' : 'no words of error';
  return `${where}: ${reply.status} ${(said || kind).slice(0, 200)}`;
}

/** A maintenance page comes as 200. */
export function isHtml({ headers }: HttpReply): boolean {
  return /html/i.test(headers.get('content-type') ?? '');
}

/** The parsed JSON, or undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return parseStorable(text);
  } catch {
    return undefined;
  }
}

const minute = 60_000;
const day = 24 * 60 * minute;
