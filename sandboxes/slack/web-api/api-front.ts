import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Deliveries } from '../app/deliveries.ts';
import { answerResponseUrl } from './answer-front.ts';
import type { Calls } from '../calls.ts';
import type { Misfortunes } from '../misfortunes.ts';
import { listen } from '../listen.ts';
import { readArgs } from './read-args.ts';
import type { ResponseUrls } from './response-urls.ts';
import { switchSchemas, type SwitchName } from '../switches.ts';
import type { Args, Outcome } from './web-api.ts';

const timestamp = /\b\d{10}\.\d{6}\b/g;

export interface ApiFrontDeps {
  /** Zero takes a free one. */
  port: number;
  target: string;
  /** Where people open the workspace; addresses in answers lead there. */
  pageUrl: string;
  /** The present timestamp of a message (see keeper.ts). */
  present: (ts: string) => string;
  call: (method: string, args: Args, token: string | undefined) => Promise<Outcome>;
  deliveries: Deliveries;
  responseUrls: ResponseUrls;
  misfortunes: Misfortunes;
  calls: Calls;
  turn: (name: SwitchName, input: unknown) => Promise<unknown>;
}

/**
 * What the app talks to instead of Slack: the Web API below `/api/`, the addresses to answer at below `/hooks/`, the sockets
 * of Socket Mode, and our switches below `/_strict/`. It listens only after the messages are back, so nobody edits a
 * message that is not there yet.
 */
export async function startApiFront(deps: ApiFrontDeps) {
  const tickets = new Set<string>();
  const server = createServer((request, response) => {
    answer(request, response, deps).catch(() => {
      if (!response.headersSent) response.writeHead(503, { 'retry-after': '1' });
      response.end();
    });
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // An address of Socket Mode opens one socket.
    if (!tickets.delete(request.url ?? '')) return void socket.destroy();
    sockets.handleUpgrade(request, socket, head, (opened) => deps.deliveries.join(opened));
  });
  await listen(server, deps.port);
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    /** A new address for one socket of the app. */
    openSocket(): string {
      const path = `/socket/${randomUUID()}`;
      tickets.add(path);
      return `ws://127.0.0.1:${port}${path}`;
    },
    close(): void {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, deps: ApiFrontDeps): Promise<void> {
  const url = new URL((request.url ?? '/').replace(timestamp, deps.present), 'http://api');
  const [, place = '', name = ''] = url.pathname.split('/');
  if (place === '_strict') return control(request, response, name, url, deps);
  if (place === 'hooks')
    return give(request, response, await answerResponseUrl(name, await body(request, deps), deps));
  if (place !== 'api') return void response.writeHead(404).end();
  if (/^multipart\//i.test(request.headers['content-type'] ?? ''))
    return passFiles(request, response, url, deps.target);
  const sent = await body(request, deps);
  const args = readArgs(request, url, sent);
  const token = request.headers.authorization?.replace(/^Bearer /, '') ?? stringIn(args, 'token');
  give(request, response, await deps.call(name, args, token), deps);
}

/** Files are not looked at. */
async function passFiles(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  target: string,
): Promise<void> {
  const { authorization, 'content-type': type = '' } = request.headers;
  const passed = await fetch(target + url.pathname + url.search, {
    method: 'POST',
    headers: { 'content-type': type, ...(authorization && { authorization }) },
    body: await buffer(request),
  });
  give(request, response, { status: passed.status, body: await passed.text() });
}

/** Timestamps are ASCII of a fixed length, so bytes stay bytes and the length stays the same. */
async function body(request: IncomingMessage, { present }: ApiFrontDeps): Promise<string> {
  const sent = (await buffer(request)).toString('latin1').replace(timestamp, present);
  return Buffer.from(sent, 'latin1').toString('utf8');
}

function give(
  request: IncomingMessage,
  response: ServerResponse,
  outcome: Outcome,
  { target, pageUrl }: { target: string; pageUrl: string } = { target: '', pageUrl: '' },
): void {
  if (outcome === 'hang') return;
  if (outcome === 'lose-answer') return void request.socket.destroy();
  const { status, headers, body: content } = outcome;
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(target ? text.replaceAll(target.replace('127.0.0.1', 'localhost'), pageUrl) : text);
}

async function control(
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
  url: URL,
  { turn, calls }: ApiFrontDeps,
): Promise<void> {
  const say = (status: number, content: unknown) => give(request, response, { status, body: content });
  if (request.method === 'GET' && name === 'calls') {
    const which = (parameter: string) => url.searchParams.get(parameter) || undefined;
    return say(200, { calls: calls.noted({ method: which('method'), since: which('since') }) });
  }
  if (request.method !== 'POST' || !(name in switchSchemas))
    return say(404, { error: `There is no switch "${name}".` });
  // Only JSON, so that a form on some web page cannot turn a switch.
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    return say(415, { error: 'A switch takes JSON.' });
  try {
    const input: unknown = JSON.parse((await buffer(request)).toString() || '{}');
    if (name === 'reset') calls.clear();
    say(200, { result: (await turn(name as SwitchName, input)) ?? null });
  } catch (error) {
    if (error instanceof z.ZodError) return say(400, { error: z.prettifyError(error) });
    if (error instanceof SyntaxError) return say(400, { error: 'This is no JSON.' });
    throw error;
  }
}

const stringIn = (args: Args, name: string) => (typeof args[name] === 'string' ? args[name] : undefined);
