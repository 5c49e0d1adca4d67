import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

const timestamp = /\b\d{10}\.\d{6}\b/g;

/**
 * Slack's Web API in front of local-slack: passes every call on, with each timestamp replaced by the one the message has
 * now (see keeper.ts). It listens only after the messages are back, so nobody edits a message that is not there yet.
 */
export async function startApiFront(options: {
  port: number;
  target: string;
  present: (ts: string) => string;
}): Promise<Server> {
  const server = createServer((request, response) => {
    pass(request, response, options).catch(() => {
      if (!response.headersSent) response.writeHead(503, { 'retry-after': '1' });
      response.end();
    });
  });
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(options.port, '127.0.0.1', resolve),
  );
  return server;
}

async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  { target, present }: { target: string; present: (ts: string) => string },
): Promise<void> {
  // Timestamps are ASCII of a fixed length, so bytes stay bytes and the length stays the same.
  const body = (await buffer(request)).toString('latin1').replace(timestamp, present);
  const answer = await fetch(target + (request.url ?? '/').replace(timestamp, present), {
    method: request.method ?? 'GET',
    headers: passedOn(request),
    ...(body && { body: Buffer.from(body, 'latin1') }),
  });
  response.writeHead(answer.status, {
    'content-type': answer.headers.get('content-type') ?? 'application/json',
  });
  response.end(Buffer.from(await answer.arrayBuffer()));
}

function passedOn({ headers }: IncomingMessage): Record<string, string> {
  const { authorization, 'content-type': contentType } = headers;
  return { ...(authorization && { authorization }), ...(contentType && { 'content-type': contentType }) };
}
