import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { State } from '../state-schema.ts';
import type { StateStore } from '../state.ts';

type Trouble = State['replies']['how'];

/**
 * What can be wrong on the wire while the API itself is well: replies that do not come, come late, end too early or are
 * no JSON. Only good replies below `/api/v1/` are spoilt, so that each trouble is seen alone.
 */
export function registerReplyTrouble(app: FastifyInstance, store: StateStore): void {
  const spoilt = new WeakMap<FastifyRequest, Trouble>();

  app.addHook('onRequest', async (request) => {
    const path = request.url;
    if (!path.startsWith('/api/v1/')) return;
    const trouble = (['time-out', 'slow', 'truncated', 'cut-off', 'malformed', 'wrong-shape'] as const).find(
      (how) => hitsPath(store, how, path),
    );
    if (!trouble) return;
    spoilt.set(request, trouble);
    if (trouble === 'slow') await sleep(store.state.replies.seconds * 1000, null, { ref: false });
    // Held open until the switch is turned off or the client has gone.
    while (store.state.replies.how === 'time-out' && !request.raw.socket.destroyed) {
      await sleep(20, null, { ref: false });
    }
    use(store, trouble);
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const trouble = spoilt.get(request);
    if (!trouble || reply.statusCode !== 200) return payload;
    const body = Buffer.from(payload as string | Buffer);
    switch (trouble) {
      case 'truncated':
        reply.header('content-length', body.length >> 1);
        return body.subarray(0, body.length >> 1);
      case 'cut-off':
        // The length of the whole is promised, half of it comes, and then the connection ends.
        reply.hijack();
        reply.raw.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
        reply.raw.write(body.subarray(0, body.length >> 1), () => request.raw.socket.destroy());
        return null;
      case 'malformed':
        return spoil(reply, body.toString('utf8').replace(':', '='));
      case 'wrong-shape':
        return spoil(reply, '{"d":{"results":"none"}}');
      case 'as-usual':
      case 'time-out':
      case 'slow':
      case 'repeated-page':
      case 'refused-401':
        return payload;
    }
  });
}

/** Whether a trouble hits a call that is being answered; counts it off. */
export function hits(
  store: StateStore,
  how: Trouble,
  { division, resource }: { division: number; resource: string },
): boolean {
  return hitsUrl(store, how, `/api/v1/${division}/${resource}`);
}

/** The same, by the address. */
export function hitsUrl(store: StateStore, how: Trouble, url: string): boolean {
  if (!hitsPath(store, how, url)) return false;
  use(store, how);
  return true;
}

function hitsPath(store: StateStore, how: Trouble, path: string): boolean {
  const { replies } = store.state;
  return replies.how === how && path.toLowerCase().includes(replies.path?.toLowerCase() ?? '');
}

function use(store: StateStore, how: Trouble): void {
  const { replies } = store.state;
  if (replies.how !== how || replies.left === null) return;
  store.change((state) => {
    state.replies.left = (state.replies.left ?? 1) - 1;
    if (state.replies.left <= 0) state.replies.how = 'as-usual';
  });
}

function spoil(reply: { header(name: string, value: number): unknown }, body: string): string {
  reply.header('content-length', Buffer.byteLength(body));
  return body;
}
