import { expect, test } from '@jest/globals';

import { createExactOnline } from '../../../accounting/exact-online/adapter.ts';
import { credentialFrom } from '../../../accounting/exact-online/tokens.ts';
import type { UnknownReply } from '../../../accounting/unknown-replies.ts';
import { failureOf } from '../failure-of.ts';
import { createMemoryVault } from '../memory-vault.ts';
import { createReplyServer, type Reply } from '../reply-server.ts';

const doubt = { about: 'doubt', of: 'not-accepted' };

/** What is kept when the token endpoint answers this, and how many generations the grant has then. */
async function afterAnswer(answer: Reply) {
  const kept: UnknownReply[] = [];
  const server = await createReplyServer(() => answer);
  try {
    const system = createExactOnline({
      baseUrl: server.url,
      clientId: 'app',
      clientSecret: 'secret of the app',
      unknownReplies: { keep: async (reply) => void kept.push(reply) },
    });
    const old = { access_token: 'old-access', refresh_token: 'old-refresh', expires_in: 600 };
    const vault = createMemoryVault(credentialFrom(old, new Date(Date.now() - 3_600_000)));
    const failure = await failureOf(system.open(vault).whoAmI());
    return { kept, failure, generation: vault.generation };
  } finally {
    await server.close();
  }
}

test('a refusal of the token endpoint that nobody understands is kept for diagnosis', async () => {
  const body = JSON.stringify({ error: 'teapot', error_description: 'short and stout' });
  const { kept, failure, generation } = await afterAnswer({ status: 418, body });
  expect(failure).toEqual(doubt);
  expect(generation).toBe(1);
  expect(kept).toMatchObject([
    { system: 'exact-online', method: 'POST', path: '/api/oauth2/token', status: 418, text: body },
  ]);
});

test('tokens in an answer that is no token response are not', async () => {
  const secrets = {
    access_token: 'AccessTokenThatNobodyMaySee',
    refresh_token: 'RefreshTokenThatNobodyMaySee',
  };
  const { kept, failure } = await afterAnswer({ body: JSON.stringify({ ...secrets, token_type: 7 }) });
  expect(failure).toEqual(doubt);
  expect(kept).toHaveLength(1);
  for (const secret of [...Object.values(secrets), 'old-refresh', 'secret of the app'])
    expect(JSON.stringify(kept)).not.toContain(secret);
});

test('an access token without a refresh token is kept for diagnosis, without the token, and the grant stays', async () => {
  const body = JSON.stringify({ access_token: 'AccessTokenThatNobodyMaySee', token_type: 'bearer' });
  const { kept, failure, generation } = await afterAnswer({ body });
  expect(failure).toEqual(doubt);
  expect(generation).toBe(1);
  expect(kept).toMatchObject([{ path: '/api/oauth2/token', status: 200 }]);
  expect(JSON.stringify(kept)).not.toContain('AccessTokenThatNobodyMaySee');
});

test('a refusal that is understood is not kept', async () => {
  const body = JSON.stringify({ error: 'invalid_grant', error_description: 'Old refresh token used.' });
  const { kept, failure } = await afterAnswer({ status: 400, body });
  expect(failure).toEqual({ about: 'link', cause: 'grant-lost' });
  expect(kept).toEqual([]);
});

test('a refusal of the app is understood: whoever runs Syncuser is asked, and nothing is kept', async () => {
  const body = JSON.stringify({ error: 'invalid_client' });
  const { kept, failure } = await afterAnswer({ status: 401, body });
  expect(failure).toEqual({ about: 'doubt', of: 'app-refused' });
  expect(kept).toEqual([]);
});
