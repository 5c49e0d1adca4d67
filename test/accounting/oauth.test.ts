import { afterEach, describe, expect, test } from '@jest/globals';

import { AccountingFailure } from '../../accounting/failure.ts';
import { createOAuthClient } from '../../accounting/oauth.ts';
import { createReplyServer, type Reply } from './reply-server.ts';

const servers: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

async function clientOf(answer: Reply, allowHttp = true) {
  const bodies: Record<string, string>[] = [];
  const server = await createReplyServer((_, body) => {
    bodies.push(Object.fromEntries(new URLSearchParams(body)));
    return answer;
  });
  servers.push(server);
  const client = createOAuthClient({
    authorization_endpoint: `${server.url}/auth`,
    token_endpoint: `${server.url}/token`,
    client_id: 'app',
    client_secret: 'app-secret',
    allowHttp,
    refusal: ({ status }) => new AccountingFailure({ about: 'reply' }, `refused with ${status}`),
  });
  return { client, bodies };
}

const redirect_uri = 'https://us.example/callback';
const callback = (query: string) => new URL(`${redirect_uri}?${query}`);
const tokens = { access_token: 'a1', token_type: 'Bearer', expires_in: '600', refresh_token: 'r1' };

describe('an OAuth client', () => {
  test('redeems a code with the secret in the body, and reads expires_in also when it is text', async () => {
    const { client, bodies } = await clientOf({ body: JSON.stringify(tokens) });
    const granted = await client.authorizationCodeGrant({
      callback: callback('code=c%211&state=s'),
      state: 's',
      redirect_uri,
    });
    expect(granted).toEqual({ access_token: 'a1', refresh_token: 'r1', expires_in: 600 });
    const [body] = bodies;
    expect(body).toMatchObject({ grant_type: 'authorization_code', code: 'c!1', redirect_uri });
    expect(body).toMatchObject({ client_id: 'app', client_secret: 'app-secret' });
  });

  test('renews with the refresh token', async () => {
    const { client, bodies } = await clientOf({ body: JSON.stringify({ ...tokens, access_token: 'a2' }) });
    expect((await client.refreshTokenGrant('r0')).access_token).toBe('a2');
    expect(bodies[0]).toMatchObject({ grant_type: 'refresh_token', refresh_token: 'r0' });
    expect(bodies[0]).not.toHaveProperty('redirect_uri');
  });

  test('keeps new tokens whatever status they come with, for the old ones are used up', async () => {
    const { client } = await clientOf({ status: 429, body: JSON.stringify(tokens) });
    expect((await client.refreshTokenGrant('r0')).refresh_token).toBe('r1');
  });

  test('leaves it to the adapter what a refusal means', async () => {
    const { client } = await clientOf({ status: 400, headers: { 'www-authenticate': 'Basic' }, body: '{}' });
    await expect(client.refreshTokenGrant('r0')).rejects.toThrow('refused with 400');
  });

  test('says nothing of a token in an answer it cannot use', async () => {
    const { client } = await clientOf({ body: JSON.stringify({ ...tokens, token_type: 'unheard-of' }) });
    const error = (await client.refreshTokenGrant('r0').catch((failure: unknown) => failure)) as Error;
    expect(error).toMatchObject({ name: 'AccountingFailure', meaning: { about: 'doubt' } });
    expect(error.cause).toBeUndefined();
    expect(error.message).not.toContain('a1');
  });

  test.each([
    ['error=access_denied&state=s', 'login-cancelled'],
    ['error=server_error&state=s', 'login-failed'],
    ['code=c&state=forged', 'login-failed'],
    ['code=c', 'login-failed'],
  ])('judges the callback ?%s as %s without asking anybody', async (query, reason) => {
    const { client, bodies } = await clientOf({ body: JSON.stringify(tokens) });
    const returned = { callback: callback(query), state: 's', redirect_uri };
    await expect(client.authorizationCodeGrant(returned)).rejects.toMatchObject({
      meaning: { about: 'login', reason },
    });
    expect(bodies).toEqual([]);
  });

  test('speaks http only when it was told to', async () => {
    const { client, bodies } = await clientOf({ body: JSON.stringify(tokens) }, false);
    await expect(client.refreshTokenGrant('r0')).rejects.toThrow(/HTTP/i);
    expect(bodies).toEqual([]);
  });
});
