import { afterEach, describe, expect, test } from '@jest/globals';

import { send } from '../../accounting/http.ts';
import { createReplyServer, type Reply } from './reply-server.ts';

const servers: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

async function serve(answer: () => Reply | null): Promise<{ url: URL; asked: () => number }> {
  let asked = 0;
  const server = await createReplyServer(() => {
    asked += 1;
    return answer();
  });
  servers.push(server);
  return { url: new URL('/path?secret=1', server.url), asked: () => asked };
}

const outage = { name: 'AccountingFailure', meaning: { about: 'delay', reason: 'outage', until: null } };

describe('sending one request', () => {
  test('gives the reply, whatever its status', async () => {
    const { url } = await serve(() => ({ status: 418, headers: { reason: 'Tea' }, body: 'short and stout' }));
    const reply = await send(url);
    expect([reply.status, reply.headers.get('reason'), reply.text]).toEqual([418, 'Tea', 'short and stout']);
  });

  test('asks once, also when the answer is an error', async () => {
    const { url, asked } = await serve(() => ({ status: 503 }));
    await send(url);
    expect(asked()).toBe(1);
  });

  test('does not follow a redirect', async () => {
    const { url, asked } = await serve(() => ({ status: 302, headers: { location: '/elsewhere' } }));
    expect((await send(url)).status).toBe(302);
    expect(asked()).toBe(1);
  });

  test('cuts off an answer that has no end in sight', async () => {
    const { url } = await serve(() => ({ body: 'x'.repeat(100_000) }));
    await expect(send(url, { maxBytes: 99_999 })).rejects.toMatchObject({ meaning: { about: 'reply' } });
    expect((await send(url, { maxBytes: 100_000 })).text).toHaveLength(100_000);
  });

  test('is an outage when nobody answers in time', async () => {
    const { url } = await serve(() => null);
    await expect(send(url, { timeoutMs: 50 })).rejects.toMatchObject(outage);
  });

  test('is an outage when there is nobody, and says so without the query', async () => {
    const { url } = await serve(() => null);
    await servers.pop()?.close();
    const error: unknown = await send(url).catch((failure: unknown) => failure);
    expect(error).toMatchObject(outage);
    expect((error as Error).message).toBe(`GET ${url.origin}/path: ECONNREFUSED`);
  });

  test('ends with the reason of the caller who gave up', async () => {
    const { url } = await serve(() => null);
    const stop = new AbortController();
    const sending = send(url, { signal: stop.signal });
    stop.abort(new Error('never mind'));
    await expect(sending).rejects.toThrow('never mind');
  });
});
