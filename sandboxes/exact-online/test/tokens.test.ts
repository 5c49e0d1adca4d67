import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { client, createVisitor, type Tokens, type Visitor } from './visitor.ts';

describe('the tokens of the Exact Online sandbox', () => {
  let visitor: Visitor;
  let tokens: Tokens;
  beforeAll(async () => {
    visitor = await createVisitor();
  });
  beforeEach(async () => {
    await visitor.turn('reset');
    tokens = await visitor.connect('CX_Basecone');
  });
  afterAll(() => visitor.sandbox.close());

  const later = () => visitor.turn('clock', { advanceSeconds: 570 });

  test('come with a lifetime of ten minutes, as a string', () => {
    expect(tokens).toEqual({
      access_token: expect.any(String),
      token_type: 'bearer',
      expires_in: '600',
      refresh_token: expect.any(String),
    });
  });

  test('rotate: the new refresh token works, the old one is refused', async () => {
    await later();
    const renewed = await visitor.refresh(tokens.refresh_token);
    expect(renewed.status).toBe(200);
    await later();
    const reused = await visitor.refresh(tokens.refresh_token);
    expect(reused.status).toBe(401);
    expect(reused.json).toEqual({
      error: 'unauthorized_client',
      error_description: 'Old refresh token used.',
    });
    expect((await visitor.refresh((renewed.json as unknown as Tokens).refresh_token)).status).toBe(200);
  });

  test('cannot be refreshed within 570 seconds, and the refusal costs nothing', async () => {
    const early = await visitor.refresh(tokens.refresh_token);
    expect(early.status).toBe(400);
    expect(early.json).toEqual({
      error: 'access_denied',
      error_description: 'Rate limit exceeded: access_token not expired',
    });
    expect(early.headers.get('reason')).toContain('TooEarlyToRefreshTokens');
    await later();
    expect((await visitor.refresh(tokens.refresh_token)).status).toBe(200);
  });

  test('stop working: the access token after ten minutes, the refresh token after thirty days', async () => {
    expect((await visitor.get(tokens.access_token, 'current/Me')).status).toBe(200);
    await visitor.turn('clock', { advanceSeconds: 601 });
    expect((await visitor.get(tokens.access_token, 'current/Me')).status).toBe(401);
    await visitor.turn('clock', { advanceSeconds: 30 * 86_400 });
    const expired = await visitor.refresh(tokens.refresh_token);
    expect(expired.status).toBe(400);
    expect(expired.json.error).toBe('invalid_request');
    expect(expired.json.error_description).toMatch(
      /^The refresh token expired at \d+\/\d+\/\d{4} \d+:\d\d:\d\d [AP]M and it is now .+\.$/,
    );
  });

  test('end when the user withdraws the consent', async () => {
    const turned = await visitor.turn('withdraw-consent', { user: 'CX_Basecone' });
    expect(turned.json.result).toContain('withdrawn');
    expect((await visitor.get(tokens.access_token, 'current/Me')).status).toBe(401);
    await later();
    const refused = await visitor.refresh(tokens.refresh_token);
    expect(refused.status).toBe(400);
    expect(refused.json.error).toBe('invalid_grant');
  });

  test.each([
    ['invalid-request', 400, 'invalid_request'],
    ['text', 400, undefined],
    ['empty-401', 401, undefined],
    ['invalid-client', 401, 'invalid_client'],
  ])('are refused oddly (%s) as often as it is set, and stay good', async (how, status, error) => {
    await visitor.turn('token-replies', { how, times: 1 });
    await later();
    const odd = await visitor.refresh(tokens.refresh_token);
    expect(odd.status).toBe(status);
    expect((odd.json as { error?: string } | null)?.error).toBe(error);
    expect((await visitor.refresh(tokens.refresh_token)).status).toBe(200);
  });

  test('are refused by one call although they are good, and that counts as an error', async () => {
    await visitor.turn('replies', { how: 'refused-401', path: 'current/Me', times: 1 });
    const division = await visitor.division('101');
    expect((await visitor.get(tokens.access_token, `${division}/vat/VATCodes`)).status).toBe(200);
    expect((await visitor.get(tokens.access_token, 'current/Me')).status).toBe(401);
    expect((await visitor.get(tokens.access_token, 'current/Me')).status).toBe(200);
  });

  test('end when the same user connects the same app again', async () => {
    const second = await visitor.connect('CX_Basecone');
    expect((await visitor.get(tokens.access_token, 'current/Me')).status).toBe(401);
    expect((await visitor.get(second.access_token, 'current/Me')).status).toBe(200);
    expect((await visitor.refresh(tokens.refresh_token)).json.error).toBe('unauthorized_client');
  });

  test('of one user live on when another user connects', async () => {
    await visitor.connect('S.Jansen');
    expect((await visitor.get(tokens.access_token, 'current/Me')).status).toBe(200);
  });

  test('are given to an app that authenticates in the Basic header, and not with a wrong secret', async () => {
    await later();
    const fields = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token };
    const basic = (secret: string) => ({
      authorization: `Basic ${Buffer.from(`${client.client_id}:${secret}`).toString('base64')}`,
    });
    expect((await visitor.token(fields, basic('wrong'))).status).toBe(401);
    expect((await visitor.token({ ...fields, ...client, client_secret: 'wrong' })).status).toBe(401);
    expect((await visitor.token(fields, basic(client.client_secret))).status).toBe(200);
  });

  test('are not given for a refresh token nobody gave out', async () => {
    const refused = await visitor.refresh('made-up');
    expect(refused.status).toBe(400);
    expect(refused.json.error).toBe('invalid_grant');
  });
});
