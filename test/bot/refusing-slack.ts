import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a Slack in front of the local one answers instead of it, by method; and what it was asked. */
export interface RefusingSlack {
  apiUrl: string;
  /** The error code with which a method is answered from now on; null: as the local Slack does. */
  refuse(method: string, code: string | null): void;
  asked: string[];
  stop(): Promise<void>;
}

/** For what the local Slack never refuses. `target`: its API. */
export async function startRefusingSlack(target: string): Promise<RefusingSlack> {
  const refusals = new Map<string, string>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const method = request.url?.split('/').at(-1)?.split('?')[0] ?? '';
      asked.push(method);
      response.setHeader('content-type', 'application/json');
      const error = refusals.get(method);
      if (error !== undefined) {
        response.end(JSON.stringify({ ok: false, error }));
        return;
      }
      const headers = {
        'content-type': request.headers['content-type'] ?? '',
        authorization: request.headers.authorization ?? '',
      };
      void fetch(new URL(method, target), { method: 'POST', headers, body: Buffer.concat(pieces) }).then(
        async (answer) => response.end(Buffer.from(await answer.arrayBuffer())),
        () => response.destroy(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    asked,
    refuse(method, code) {
      if (code === null) refusals.delete(method);
      else refusals.set(method, code);
    },
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
