import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { LogLevel, WebClient } from '@slack/web-api';
import { WebSocket } from 'ws';
import { startSlack, type LocalSlack } from '../server.ts';
import { createStrictControl, type StrictControl } from '../strict-control.ts';
import { localApp } from '../local/workspace.ts';
import { driveSlack, type SlackDriver } from '../driver.ts';
import { until } from '../until.ts';

export interface StrictSlack extends SlackDriver {
  slack: LocalSlack;
  strict: StrictControl;
  /** A client of the app that tries once. */
  client(token?: string): WebClient;
  /** One socket of the app, as a process of it would open one. */
  connect(): Promise<AppSocket>;
}

export interface Delivered {
  envelope_id: string;
  type: string;
  payload: Record<string, unknown> & { event?: Record<string, unknown> };
  retry_attempt?: number;
  retry_reason?: string;
}

export interface AppSocket {
  delivered: Delivered[];
  reasons: string[];
  /** Waits for so many envelopes in all, and gives the newest. */
  next(count?: number): Promise<Delivered>;
  acknowledge(envelope: Delivered, payload?: unknown): void;
  close(): void;
  isOpen(): boolean;
}

/** A strict Slack for the tests of one file; switches are as at the start before each test, with no limit of rate and much time for answers. */
export function strictSlack(): StrictSlack {
  let directory: string;
  let slack: LocalSlack;
  let sockets: WebSocket[] = [];
  const made = {} as StrictSlack;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'syncuser-strict-'));
    slack = await startSlack({ directory });
    Object.assign(made, driveSlack(slack.url), {
      slack,
      strict: createStrictControl(slack.apiUrl),
      client: (token: string = localApp.botToken) => clientOf(slack, token),
      connect: async () => {
        const { socket, app } = await connect(slack);
        sockets.push(socket);
        return app;
      },
    });
  });
  beforeEach(async () => {
    for (const socket of sockets) socket.terminate();
    sockets = [];
    await made.strict.turn('reset', {});
    await made.strict.turn('rates', { on: false });
    await made.strict.turn('patience', { ms: 60_000 });
  });
  afterAll(async () => {
    for (const socket of sockets) socket.terminate();
    await slack.stop();
    await rm(directory, { recursive: true, force: true });
  });
  return made;
}

const clientOf = (slack: LocalSlack, token: string) =>
  new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
    logger: silent,
  });

const nothing = () => undefined;
const silent = {
  ...{ debug: nothing, info: nothing, warn: nothing, error: nothing, setLevel: nothing, setName: nothing },
  getLevel: () => LogLevel.ERROR,
};

async function connect(slack: LocalSlack): Promise<{ socket: WebSocket; app: AppSocket }> {
  const { url } = await clientOf(slack, localApp.appToken).apps.connections.open();
  const socket = new WebSocket(url ?? '');
  const delivered: Delivered[] = [];
  const reasons: string[] = [];
  let hello = false;
  socket.on('message', (data: Buffer) => {
    const said = JSON.parse(data.toString()) as Partial<Delivered> & { type: string; reason?: string };
    if (said.type === 'hello') hello = true;
    if (said.type === 'disconnect') reasons.push(said.reason ?? '');
    if (said.envelope_id) delivered.push(said as Delivered);
  });
  await until('a hello or a goodbye', () => (hello || reasons.length > 0 ? true : undefined));
  const app: AppSocket = {
    delivered,
    reasons,
    next: (count = 1) =>
      until(`${count} envelopes`, () => (delivered.length >= count ? delivered.at(-1) : undefined)),
    acknowledge: ({ envelope_id }, payload) => socket.send(JSON.stringify({ envelope_id, payload })),
    close: () => socket.terminate(),
    isOpen: () => socket.readyState === socket.OPEN,
  };
  return { socket, app };
}
