import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Reply } from './reply-server.ts';

/** Stands between an adapter and its package, passes everything on, and answers by itself when it is told to. */
export interface Front {
  url: string;
  /** How often it was asked. */
  asked: () => number;
  /** What it answers instead of the package; null lets the package answer, all of it or this one. */
  answerWith(answer: ((request: IncomingMessage) => Reply | null) | null): void;
  /** The next request with these words in it is answered by the package, and the answer never arrives. */
  loseReplyTo(words: string): void;
  close(): Promise<void>;
}

export async function createFront(target: string): Promise<Front> {
  let answer: ((request: IncomingMessage) => Reply | null) | null = null;
  let asked = 0;
  let lost: string | null = null;
  const server = createServer((incoming, outgoing) => {
    asked += 1;
    const reply = answer?.(incoming);
    if (reply) {
      incoming.resume();
      outgoing.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
      outgoing.end(reply.body);
      return;
    }
    let body = '';
    incoming.on('data', (chunk: Buffer) => (body += chunk.toString()));
    const passing = request(
      new URL(incoming.url ?? '/', target),
      { method: incoming.method, headers: incoming.headers },
      (reply) => {
        if (lost !== null && body.includes(lost)) {
          lost = null;
          reply.resume().on('end', () => outgoing.destroy());
          return;
        }
        outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(outgoing);
      },
    );
    passing.on('error', () => outgoing.destroy());
    incoming.pipe(passing);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    answerWith: (next) => void (answer = next),
    loseReplyTo: (words) => void (lost = words),
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
