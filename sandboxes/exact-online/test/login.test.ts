import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { logIn } from '../login/log-in.ts';
import { client, createVisitor, redirectUri, type Visitor } from './visitor.ts';

describe('the login of the Exact Online sandbox', () => {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await createVisitor();
  });
  afterAll(() => visitor.sandbox.close());

  /** A browser with one cookie. */
  async function open(address: URL, cookie: string, form?: Record<string, string>) {
    const response = await fetch(address, {
      redirect: 'manual',
      headers: { cookie },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    const location = response.headers.get('location');
    return {
      status: response.status,
      page: await response.text(),
      to: location ? new URL(location, address) : null,
      cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie,
    };
  }

  test('sends the browser back with a code and the state of the app', async () => {
    const back = await logIn(visitor.authorisationUrl(), { userName: 'CX_Basecone' });
    expect(`${back.origin}${back.pathname}`).toBe(redirectUri);
    expect(back.searchParams.get('state')).toBe('a state');
    expect(back.searchParams.get('code')).toMatch(/^[\w-]{20,}$/);
  });

  test('names the app that asks and who can log in', async () => {
    const { page } = await open(visitor.authorisationUrl(), '');
    expect(page).toContain('Syncuser');
    expect(page).toContain('CX_Basecone');
  });

  test('sends the browser back with access_denied when the person cancels', async () => {
    const back = await logIn(visitor.authorisationUrl(), { userName: '', cancel: true });
    expect(back.searchParams.get('error')).toBe('access_denied');
    expect(back.searchParams.get('state')).toBe('a state');
    expect(back.searchParams.has('code')).toBe(false);
  });

  test('sends the browser back with access_denied when the person logs in but gives no consent', async () => {
    const form = { step: 'log-in', userName: 'S.Jansen', password: 'sandbox' };
    const entered = await open(visitor.authorisationUrl(), '', form);
    const refused = await open(entered.to!, entered.cookie, { step: 'cancel' });
    expect(refused.to?.searchParams.get('error')).toBe('access_denied');
  });

  test('refuses a wrong password and a blocked user in words', async () => {
    await expect(
      logIn(visitor.authorisationUrl(), { userName: 'S.Jansen', password: 'wrong' }),
    ).rejects.toThrow('The user name or the password is not right');
    await visitor.turn('block-user', { user: 'S.Jansen' });
    await expect(logIn(visitor.authorisationUrl(), { userName: 'S.Jansen' })).rejects.toThrow('is blocked');
    await visitor.turn('block-user', { user: 'S.Jansen', on: false });
  });

  test('goes on as the user who is logged in, unless force_login asks for the form', async () => {
    const form = { step: 'log-in', userName: 'T.deVries', password: 'sandbox' };
    const { cookie } = await open(visitor.authorisationUrl(), '', form);

    const known = await open(visitor.authorisationUrl(), cookie);
    expect(known.page).toContain('You are logged in as T.deVries');
    const onward = await open(visitor.authorisationUrl(), cookie, { step: 'continue' });
    expect((await open(onward.to!, cookie)).page).toContain('T.deVries');

    const forced = await open(visitor.authorisationUrl({ force_login: '1' }), cookie);
    expect(forced.page).toContain('name="password"');
  });

  test('asks for the form again after a log-out', async () => {
    const form = { step: 'log-in', userName: 'T.deVries', password: 'sandbox' };
    const { cookie } = await open(visitor.authorisationUrl(), '', form);
    await open(visitor.authorisationUrl(), cookie, { step: 'log-out' });
    expect((await open(visitor.authorisationUrl(), cookie)).page).toContain('name="password"');
  });

  test('gives no consent to a form without a session', async () => {
    const consent = visitor.authorisationUrl();
    consent.pathname = '/api/oauth2/consent';
    const { to } = await open(consent, '', { step: 'allow' });
    expect(to?.pathname).toBe('/api/oauth2/auth');
  });

  test.each([
    ['an unknown client', { client_id: 'somebody' }],
    ['a redirect address that is not registered', { redirect_uri: 'https://evil.example/callback' }],
    ['another response type', { response_type: 'token' }],
  ])('never redirects for %s', async (_what, more) => {
    const { status, to } = await open(visitor.authorisationUrl(more), '');
    expect(status).toBe(400);
    expect(to).toBeNull();
  });

  test('takes a code once, and only with the redirect address it was given for', async () => {
    const take = (code: string, redirect: string) =>
      visitor.token({ grant_type: 'authorization_code', code, redirect_uri: redirect, ...client });
    const back = await logIn(visitor.authorisationUrl(), { userName: 'CX_Basecone' });
    const code = back.searchParams.get('code')!;
    expect((await take(code, 'http://127.0.0.1:9/other')).status).toBe(400);
    expect((await take(code, redirectUri)).status).toBe(200);
    expect((await take(code, redirectUri)).json.error).toBe('invalid_grant');
  });

  test('takes a code for three minutes', async () => {
    const back = await logIn(visitor.authorisationUrl(), { userName: 'CX_Basecone' });
    await visitor.turn('clock', { advanceSeconds: 181 });
    const { status } = await visitor.token({
      grant_type: 'authorization_code',
      code: back.searchParams.get('code')!,
      redirect_uri: redirectUri,
      ...client,
    });
    expect(status).toBe(400);
  });
});
