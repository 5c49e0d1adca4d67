import { afterEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';

import { unlimited } from '../../../accounting/exact-online/calls.ts';
import { createClient, query, type Client } from '../../../accounting/exact-online/client.ts';
import { AccountingFailure } from '../../../accounting/failure.ts';
import { createReplyServer, type Reply } from '../reply-server.ts';

const servers: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

/** Answers in turn, and the addresses that were asked. */
async function clientOf(answers: Reply[]): Promise<{ client: Client; asked: string[]; tokens: string[] }> {
  const asked: string[] = [];
  const tokens: string[] = [];
  const server = await createReplyServer((request) => {
    asked.push(decodeURIComponent(request.url ?? ''));
    tokens.push(request.headers.authorization ?? '');
    return answers[asked.length - 1] ?? { status: 500 };
  });
  servers.push(server);
  const client = createClient({
    baseUrl: server.url,
    now: () => new Date(),
    tokens: {
      current: async () => ({ value: 'first', generation: 1 }),
      insteadOf: async () => ({ value: 'second', generation: 2 }),
      keepAlive: async () => ({ renewed: false, expiresAt: null }),
    },
  });
  return { client, asked, tokens };
}

const row = z.object({ ID: z.string() });
const request = { division: 7, endpoint: 'crm/Accounts', query: query({ $select: 'ID' }) };
const json = (body: unknown): Reply => ({ body: JSON.stringify(body) });
const list = (ids: string[], next?: string) =>
  json({ d: { results: ids.map((ID) => ({ ID, __metadata: {} })), ...(next && { __next: next }) } });

async function ids(client: Client): Promise<string[]> {
  const found: string[] = [];
  for await (const { rows } of client.pages(request, row)) found.push(...rows.map(({ ID }) => ID));
  return found;
}

describe('who is logged in, asked so often in vain that it is not asked any more', () => {
  const me = { division: null, endpoint: 'current/Me', query: query({ $select: 'UserID' }) };
  const notAsked = new AccountingFailure(
    { about: 'delay', reason: 'rate-limit', until: new Date(), within: 'endpoint' },
    'current/Me: not asked',
  );
  const gone = new AccountingFailure({ about: 'link', cause: 'consent-withdrawn' }, 'invalid_grant');
  const clientThat = (insteadOf: () => Promise<null>) =>
    createClient({
      baseUrl: 'http://127.0.0.1:1',
      now: () => new Date(),
      calls: { ...unlimited, before: () => Promise.reject(notAsked) },
      tokens: {
        current: async () => ({ value: 'first', generation: 1 }),
        insteadOf,
        keepAlive: async () => ({ renewed: false, expiresAt: null }),
      },
    });

  test('a grant that is gone is found by its renewal, and alarms all the same', async () => {
    const client = clientThat(() => Promise.reject(gone));
    await expect(client.get(me, z.unknown())).rejects.toBe(gone);
  });

  test('a grant that lives is a matter of waiting', async () => {
    await expect(clientThat(async () => null).get(me, z.unknown())).rejects.toBe(notAsked);
  });

  test('any other list that is not asked proves nothing, and nothing is renewed for it', async () => {
    const client = clientThat(() => Promise.reject(gone));
    await expect(client.get({ ...me, division: 7, endpoint: 'crm/Accounts' }, row)).rejects.toBe(notAsked);
  });
});

describe('the Exact Online client', () => {
  test('names the company in every path, and asks for no more than it needs', async () => {
    const { client, asked, tokens } = await clientOf([list(['a'])]);
    expect(await ids(client)).toEqual(['a']);
    expect(asked).toEqual(['/api/v1/7/crm/Accounts?$select=ID']);
    expect(tokens).toEqual(['Bearer first']);
  });

  test('follows the next page on its own host, whatever host the link names', async () => {
    const next = "https://start.exactonline.nl/api/v1/7/CRM/accounts?$select=ID&$skiptoken=guid'a'";
    const { client, asked } = await clientOf([list(['a'], next), list(['b'])]);
    expect(await ids(client)).toEqual(['a', 'b']);
    expect(asked[1]).toBe("/api/v1/7/crm/Accounts?$select=ID&$skiptoken=guid'a'");
  });

  test('takes a list without an envelope', async () => {
    const { client } = await clientOf([json({ d: [{ ID: 'a' }, { ID: 'b' }] })]);
    expect(await ids(client)).toEqual(['a', 'b']);
  });

  test('tries once more with another token after 401', async () => {
    const { client, tokens } = await clientOf([{ status: 401 }, list(['a'])]);
    expect(await ids(client)).toEqual(['a']);
    expect(tokens).toEqual(['Bearer first', 'Bearer second']);
  });

  test('doubts 401 with that token as well, and stops', async () => {
    const { client, asked } = await clientOf([{ status: 401 }, { status: 401 }, list(['a'])]);
    await expect(ids(client)).rejects.toMatchObject({
      meaning: { about: 'doubt', of: 'not-accepted' },
    });
    expect(asked).toHaveLength(2);
  });

  test.each([
    ['half a body', [{ body: '{"d":{"results":[{"I' }]],
    ['a row without its id', [json({ d: { results: [{ Code: '1' }] } })]],
    [
      'a next page of another endpoint',
      [list(['a'], 'https://x.example/api/v1/7/crm/Contacts?$skiptoken=1')],
    ],
    [
      'a next page that is the same page',
      [list(['a'], 'https://x.example/api/v1/7/crm/Accounts?$select=ID')],
    ],
  ])('does not guess what %s means', async (_, answers) => {
    const { client } = await clientOf(answers);
    await expect(ids(client)).rejects.toMatchObject({ meaning: { about: 'reply' } });
  });
});
