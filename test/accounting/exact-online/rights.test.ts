import { afterEach, describe, expect, test } from '@jest/globals';

import { createExactOnline } from '../../../accounting/exact-online/adapter.ts';
import { credentialFrom } from '../../../accounting/exact-online/tokens.ts';
import type { UnknownReply } from '../../../accounting/unknown-replies.ts';
import { failureOf } from '../failure-of.ts';
import { createMemoryVault } from '../memory-vault.ts';
import { createReplyServer, type Reply } from '../reply-server.ts';

const servers: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

/** An Exact Online whose lists are empty, and that answers the question for the right as it is told. */
async function emptyBooks(answer: (query: string) => Reply) {
  const questions: string[] = [];
  const kept: UnknownReply[] = [];
  const server = await createReplyServer(({ url = '' }) => {
    if (!url.includes('UserHasRights')) return { body: '{"d":{"results":[]}}' };
    const query = decodeURIComponent(url.split('?')[1] ?? '');
    questions.push(query);
    return answer(query);
  });
  servers.push(server);
  const system = createExactOnline({
    baseUrl: server.url,
    clientId: 'app',
    clientSecret: 'secret',
    unknownReplies: { keep: async (reply) => void kept.push(reply) },
  });
  const grant = { access_token: 'a', refresh_token: 'r', expires_in: 600 };
  const session = system.open(createMemoryVault(credentialFrom(grant, new Date())));
  const read = async () => {
    const ids: string[] = [];
    const request = { company: { externalId: '7' }, kind: 'journal', checkpoint: null } as const;
    for await (const { rows } of session.read(request)) ids.push(...rows.map(({ externalId }) => externalId));
    return ids;
  };
  return { read, questions, kept };
}

const may = (yes: unknown): Reply => ({ body: JSON.stringify({ d: { UserHasRights: yes } }) });
const badRequest: Reply = { status: 400, body: '{"error":{"code":"","message":{"lang":"","value":"Bad"}}}' };
const quoted = "endpoint='financial/Journals'&action='GET'";
const bare = "endpoint='financial/Journals'&method=GET";

describe('whether an empty list may be believed', () => {
  test('is asked in the form of the vendor', async () => {
    const { read, questions } = await emptyBooks(() => may(true));
    expect(await read()).toEqual([]);
    expect(questions).toEqual([quoted]);
  });

  test('is asked in the other form when that is refused, and from then on only so', async () => {
    const { read, questions } = await emptyBooks((query) => (query === bare ? may(true) : badRequest));
    expect([await read(), await read()]).toEqual([[], []]);
    expect(questions).toEqual([quoted, bare, bare]);
  });

  test('is not guessed when neither form is there, and not asked again for a day', async () => {
    const { read, questions, kept } = await emptyBooks(() => ({ status: 404 }));
    expect(await failureOf(read())).toEqual({ about: 'reply' });
    expect(await failureOf(read())).toEqual({ about: 'reply' });
    expect(questions).toEqual([quoted, bare]);
    expect(kept).toEqual([]);
  });

  test('is not understood when the answer is neither yes nor no, which is kept', async () => {
    const { read, kept } = await emptyBooks(() => may('perhaps, ask piet@kantoor.example'));
    expect(await failureOf(read())).toEqual({ about: 'reply' });
    expect(kept).toMatchObject([
      {
        system: 'exact-online',
        method: 'GET',
        path: '/api/v1/7/users/UserHasRights?endpoint&action',
        status: 200,
        text: '{"d":{"UserHasRights":"perhaps, ask [e-mail]"}}',
      },
    ]);
  });

  test('is no when the package says no', async () => {
    const { read } = await emptyBooks(() => may(false));
    expect(await failureOf(read())).toEqual({ about: 'right', gate: 'user-right' });
  });
});
