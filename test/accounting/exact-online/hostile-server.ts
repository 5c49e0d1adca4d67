import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRandom } from '@syncuser/exact-online-sandbox';
import { hostileReply } from './hostile-replies.ts';

export interface HostileServer {
  /** Where one attack is met; the same replies every time for the same name. */
  of(attack: string): string;
  asked(): number;
  /** Bytes of the endless body that were taken before the client hung up. */
  endlessBytes(): number;
  /** What came to the host that is not ours. */
  stolen(): string[];
  close(): Promise<void>;
}

/** A server that answers everything with something strange, and a second one that must never be asked. */
export async function createHostileServer(seed: string): Promise<HostileServer> {
  const stolen: string[] = [];
  const counts = new Map<string, number>();
  let asked = 0;
  let endlessBytes = 0;
  const elsewhere = await listen((path, response) => {
    stolen.push(path);
    response.end('{"d":{"results":[]}}');
  });
  const server = await listen((path, response) => {
    asked += 1;
    const attack = path.split('/')[1] ?? '';
    const count = (counts.get(attack) ?? 0) + 1;
    counts.set(attack, count);
    if (attack === 'endless') {
      pour(response, (bytes) => (endlessBytes += bytes));
      return;
    }
    const random = createRandom(`${seed}/${attack}/${count}`);
    const reply = hostileReply(random, new URL(path, server.url), elsewhere.url);
    response.writeHead(reply.status, reply.headers);
    if (reply.breaksAfter === null) response.end(reply.body);
    else {
      response.flushHeaders();
      response.write(reply.body.subarray(0, reply.breaksAfter));
      setImmediate(() => response.destroy());
    }
  });
  return {
    of: (attack) => `${server.url}/${attack}`,
    asked: () => asked,
    endlessBytes: () => endlessBytes,
    stolen: () => stolen,
    close: async () => {
      await Promise.all([server.close(), elsewhere.close()]);
    },
  };
}

/** A body of 100 MB, which begins like a list. */
function pour(response: ServerResponse, sent: (bytes: number) => void): void {
  const block = Buffer.from(`${' '.repeat(999_999)}\n`);
  let blocks = 0;
  const next = () => {
    while (!response.destroyed && blocks++ < 100) {
      sent(block.length);
      if (!response.write(block)) return void response.once('drain', next);
    }
    response.end(']}}');
  };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"d":{"results":[');
  next();
}

async function listen(answer: (path: string, response: ServerResponse) => void) {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => answer(request.url ?? '', response));
    request.on('error', () => undefined);
    response.on('error', () => undefined);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
