import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { WebSocket, WebSocketServer } from 'ws';
import { listen } from '../listen.ts';
import { actingScript, firstPerson, framesFor } from './acting.ts';
import { drawn } from './drawn.ts';
import { ticksScript, topView, withInitialTicks } from './ticks.ts';

type Json = Record<string, unknown>;

export interface PageFrontOptions {
  /** Zero takes a free one. */
  port: number;
  target: string;
  timeZone: string;
  appConnected: () => boolean;
}

/**
 * The page of the local Slack and its control API, for people: what the app wrote is drawn as Slack draws it, and what is
 * "only visible to you" reaches only that person's page.
 */
export async function startPageFront(options: PageFrontOptions) {
  const server = createServer((request, response) => {
    passOn(request, response, options).catch(() => {
      if (!response.headersSent) response.writeHead(503);
      response.end();
    });
  });
  const pages = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (new URL(request.url ?? '/', 'http://page').pathname !== '/ui') return void socket.destroy();
    pages.handleUpgrade(request, socket, head, (page) => openPage(page, options));
  });
  await listen(server, options.port);
  return {
    server,
    port: (server.address() as { port: number }).port,
    /** Tells every page whether the app is connected. */
    appIsConnected(connected: boolean): void {
      const frame = JSON.stringify({ t: 'socket_status', appId: 'A0SYNCUSER', connected });
      for (const page of pages.clients) page.send(frame);
    },
    close(): void {
      for (const page of pages.clients) page.terminate();
      server.closeAllConnections();
      server.close();
    },
  };
}

async function passOn(
  request: IncomingMessage,
  response: ServerResponse,
  { target, timeZone }: PageFrontOptions,
): Promise<void> {
  const body = await buffer(request);
  const { 'content-type': sent, authorization } = request.headers;
  const answer = await fetch(target + (request.url ?? '/'), {
    method: request.method ?? 'GET',
    headers: { ...(sent && { 'content-type': sent }), ...(authorization && { authorization }) },
    ...(body.length > 0 && { body }),
  });
  const type = answer.headers.get('content-type') ?? '';
  const disposition = answer.headers.get('content-disposition');
  response.writeHead(answer.status, {
    'content-type': type,
    ...(disposition && { 'content-disposition': disposition }),
  });
  if (type.startsWith('text/html'))
    return void response.end(
      (await answer.text()).replace('<script', () => `${actingScript}${ticksScript}<script`),
    );
  if (type.startsWith('application/json') && (request.url ?? '').startsWith('/_control/'))
    return void response.end(JSON.stringify(drawn(await answer.json(), timeZone)));
  response.end(Buffer.from(await answer.arrayBuffer()));
}

/** One page of a person. Who they are may change; then everything is asked for anew. */
function openPage(page: WebSocket, { target, timeZone, appConnected }: PageFrontOptions): void {
  let user: string | undefined;
  /** Undefined until the local Slack has told how things are. */
  let view: ReturnType<typeof topView>;
  let behind = connect();
  const unsent: Json[] = [];

  function connect(): WebSocket {
    const socket = new WebSocket(`${target.replace('http', 'ws')}/ui`);
    socket.on('message', (data: Buffer) => {
      if (socket !== behind) return;
      const frame = JSON.parse(data.toString()) as Json;
      const isFirst = view === undefined;
      const top = topView(frame);
      if (top !== undefined) view = top;
      if (isFirst && view !== undefined) unsent.splice(0).forEach(send);
      user ??= firstPerson(frame);
      const theirs = framesFor(frame, user, appConnected());
      if (theirs) page.send(JSON.stringify(drawn(theirs, timeZone)));
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (socket === behind) page.close();
    });
    return socket;
  }

  function send(frame: Json): void {
    behind.send(JSON.stringify(withInitialTicks(frame, view ?? null)));
  }

  function act(next: string): void {
    if (next === user) return;
    user = next;
    view = undefined;
    const before = behind;
    behind = connect();
    before.close();
  }

  page.on('message', (data: Buffer) => {
    const frame = parse(data.toString());
    if (!frame) return;
    if (frame['t'] === 'act_as') return act(String(frame['user']));
    if (view !== undefined && behind.readyState === behind.OPEN) send(frame);
    else unsent.push(frame);
  });
  page.on('error', () => undefined);
  // What was just sent is still taken: who closes the page did press the button.
  page.on('close', () => {
    if (unsent.length === 0 && behind.readyState !== behind.CONNECTING) return behind.close();
    behind.once('message', () => setTimeout(() => behind.close()));
  });
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
