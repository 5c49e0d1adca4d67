import { describe, expect, test } from '@jest/globals';

import { apiFailure, tokenFailure } from '../../../accounting/exact-online/failures.ts';
import type { HttpReply } from '../../../accounting/http.ts';

const now = new Date('2026-11-23T10:00:30Z');
const inAMinute = new Date('2026-11-23T10:01:30Z');

function reply(status: number, body: object | string, headers: Record<string, string> = {}): HttpReply {
  return {
    status,
    headers: new Headers(headers),
    text: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

function odata(value: string) {
  return { error: { code: '', message: { lang: '', value } } };
}

function inCompany(received: HttpReply) {
  return apiFailure({ reply: received, endpoint: 'crm/Accounts', division: 1, now });
}

function ofLogin(received: HttpReply) {
  return apiFailure({ reply: received, endpoint: 'current/Me', division: null, now });
}

const forbidden = (reason: string) => reply(403, odata('Forbidden'), { reason });
const outage = { about: 'delay', reason: 'outage', until: null };

describe('a refusal of the API', () => {
  test.each([
    ['BlockedUser', { about: 'link', cause: 'user-blocked' }],
    ['InactiveUser', { about: 'link', cause: 'user-inactive' }],
    ['LicenseExpired', { about: 'company', status: 'licence-expired' }],
    ['BlockedCustomer', { about: 'company', status: 'blocked' }],
    ['DivisionBlocked', { about: 'company', status: 'blocked' }],
    ['NoDivisionAccess', { about: 'company', status: 'no-access', gate: 'company-access' }],
  ])('with the reason %s means that, whatever it says', (reason, meaning) => {
    expect(inCompany(forbidden(reason)).meaning).toEqual(meaning);
  });

  test.each([
    [
      'Forbidden - User division is not within division scope.',
      { about: 'company', status: 'no-access', gate: 'app-companies' },
    ],
    ["Forbidden - Customer's license expired.", { about: 'company', status: 'licence-expired' }],
    [
      "Forbidden - Application Scope Violated. Cannot read 'crm.accounts' scope.",
      { about: 'right', gate: 'app-scope' },
    ],
    ['Forbidden', { about: 'right', gate: 'user-right' }],
    ['Something nobody has seen yet', { about: 'reply' }],
  ])('403 "%s" without a reason is told by its words', (words, meaning) => {
    expect(inCompany(reply(403, odata(words))).meaning).toEqual(meaning);
  });

  test('about the licence concerns the whole login when no company was asked for', () => {
    expect(ofLogin(forbidden('LicenseExpired')).meaning).toEqual({ about: 'link', cause: 'licence-expired' });
    expect(ofLogin(forbidden('BlockedCustomer')).meaning).toEqual({
      about: 'link',
      cause: 'licence-expired',
    });
  });

  test.each([
    ['500', reply(500, '')],
    ['503 with a page', reply(503, '<html>', { 'content-type': 'text/html' })],
    ['408', reply(408, '')],
    ['599', reply(599, '')],
    ['200 with a maintenance page', reply(200, '<html>', { 'content-type': 'text/html; charset=utf-8' })],
  ])('%s is an outage', (_, received) => {
    expect(inCompany(received).meaning).toEqual(outage);
  });

  test('429 lasts until the minute or the day of the budget ends, as its headers say', () => {
    const until = (headers: Record<string, string>) => inCompany(reply(429, '', headers)).meaning;
    const at = (iso: string) => ({
      about: 'delay',
      reason: 'rate-limit',
      until: new Date(iso),
      within: 'company',
    });
    const ms = (iso: string) => String(Date.parse(iso));
    const minute = '2026-11-23T10:01:00Z';
    const day = '2026-11-24T00:00:00Z';
    expect(until({ 'X-RateLimit-Minutely-Reset': ms(minute) })).toEqual(at(minute));
    expect(until({ 'X-RateLimit-Reset': ms(day) })).toEqual(at(day));
    expect(until({})).toEqual(at(inAMinute.toISOString()));
    for (const nonsense of ['soon', '-1', '1e300', ms('2099-01-01T00:00:00Z')])
      expect(until({ 'X-RateLimit-Reset': nonsense })).toEqual(at(inAMinute.toISOString()));
  });

  test('401 is a doubt, wherever it is met: good tokens are refused as well', () => {
    for (const refused of [inCompany(reply(401, '')), ofLogin(reply(401, odata('Unauthorized')))])
      expect(refused.meaning).toEqual({ about: 'doubt', of: 'not-accepted' });
  });

  test('404 in a company is a module the licence lacks, elsewhere it is not understood', () => {
    expect(inCompany(reply(404, '')).meaning).toEqual({ about: 'right', gate: 'module' });
    expect(ofLogin(reply(404, '')).meaning).toEqual({ about: 'reply' });
  });

  test.each([
    ['400', reply(400, odata('Please add a $select or a $top=1 statement to the query string.'))],
    ['a redirect', reply(302, '', { location: 'https://elsewhere.example' })],
    ['200 with half a body', reply(200, '{"d":{"resul', { 'content-type': 'application/json' })],
  ])('%s is not understood', (_, received) => {
    expect(inCompany(received).meaning).toEqual({ about: 'reply' });
  });

  test('says status, place and the words of the package, cut short', () => {
    const { message } = inCompany(
      reply(403, odata(`Forbidden ${'x'.repeat(500)}`), { reason: 'BlockedUser' }),
    );
    expect(message).toMatch(/^crm\/Accounts of division 1: 403 Forbidden x+$/);
    expect(message.length).toBeLessThan(300);
  });
});

describe('a refusal of the token endpoint', () => {
  const refusal = (status: number, error: string, error_description: string, headers = {}) =>
    tokenFailure(reply(status, { error, error_description }, headers), now).meaning;

  test('of a token that was used before is a lost grant', () => {
    expect(refusal(401, 'unauthorized_client', 'Old refresh token used.')).toEqual({
      about: 'link',
      cause: 'grant-lost',
    });
    const chain = 'Token is not allowed, because of invalid or empty chainId';
    expect(refusal(400, 'invalid_grant', chain)).toEqual({ about: 'link', cause: 'grant-lost' });
  });

  test('of a token older than thirty days is an expired consent', () => {
    const words = 'The refresh token expired at 10/11/2022 9:18:20 PM and it is now 10/28/2022 4:15:50 PM.';
    expect(refusal(400, 'invalid_request', words)).toEqual({ about: 'link', cause: 'consent-expired' });
  });

  test('that speaks of withdrawal is a withdrawn consent', () => {
    const words = 'The consent of this user was withdrawn.';
    expect(refusal(400, 'invalid_grant', words)).toEqual({ about: 'link', cause: 'consent-withdrawn' });
  });

  test.each([400, 401])('that came too early (%i) is a delay and no break', (status) => {
    const delay = { about: 'delay', reason: 'rate-limit', until: inAMinute };
    expect(refusal(status, 'access_denied', 'Rate limit exceeded: access_token not expired')).toEqual(delay);
    const reason = 'TooEarlyToRefreshTokens: Rate limit exceeded: access_token not expired';
    expect(tokenFailure(reply(status, '', { reason }), now).meaning).toEqual(delay);
  });

  test('of our own client id is nothing a user can mend by logging in again', () => {
    for (const words of ['The client secret is wrong.', 'The client has been revoked.', ''])
      expect(refusal(401, 'invalid_client', words)).toEqual({ about: 'doubt', of: 'app-refused' });
  });

  test.each([
    ['400 invalid_request without words', reply(400, { error: 'invalid_request' })],
    ['400 in plain text', reply(400, 'Bad Request', { 'content-type': 'text/plain' })],
    ['400 with nothing', reply(400, '')],
    ['401 with nothing', reply(401, '')],
    ['401 unauthorized_client that speaks of no old token', reply(401, { error: 'unauthorized_client' })],
    ['403 with a page', reply(403, '<html>', { 'content-type': 'text/html' })],
    ['404', reply(404, '')],
    ['418 with an error nobody knows', reply(418, { error: 'teapot' })],
    ['200 without tokens', reply(200, {})],
  ])('that says nothing of the grant (%s) is a doubt', (_, received) => {
    expect(tokenFailure(received, now).meaning).toEqual({ about: 'doubt', of: 'not-accepted' });
  });

  test.each([
    ['BlockedUser', 'user-blocked'],
    ['InactiveUser', 'user-inactive'],
    ['LicenseExpired', 'licence-expired'],
    ['BlockedCustomer', 'licence-expired'],
    ['DivisionBlocked', 'no-company-access'],
    ['NoDivisionAccess', 'no-company-access'],
  ])('with the reason %s is told at once, whatever its status and words', (reason, cause) => {
    for (const status of [400, 401, 403])
      for (const body of ['', { error: 'invalid_request' }, { error: 'invalid_client' }])
        expect(tokenFailure(reply(status, body, { reason }), now).meaning).toEqual({ about: 'link', cause });
  });

  test('for too many calls is a limit, and 5xx, 408 and a page are an outage', () => {
    expect(tokenFailure(reply(429, ''), now).meaning).toEqual({
      about: 'delay',
      reason: 'rate-limit',
      until: inAMinute,
    });
    const page = reply(200, '<html>', { 'content-type': 'text/html' });
    for (const received of [reply(408, ''), reply(500, ''), reply(503, ''), reply(599, ''), page])
      expect(tokenFailure(received, now).meaning).toEqual(outage);
  });

  test('during an outage is an outage', () => {
    expect(tokenFailure(reply(502, ''), now).meaning).toEqual(outage);
  });

  test('never repeats a body that is no error', () => {
    const { message } = tokenFailure(reply(200, { access_token: 'AAEA-secret' }), now);
    expect(message).not.toContain('AAEA-secret');
  });
});
