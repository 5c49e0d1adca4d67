import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, LogLevel } from '@slack/bolt';
import { createAskFrom } from '../../bot/asking/ask.ts';
import type { BotDeps } from '../../bot/deps.ts';
import { createFacts } from '../../bot/facts.ts';
import { createErrorHandler } from '../../bot/asking/failures.ts';
import { createHomes } from '../../bot/home.ts';
import { register } from '../../bot/listeners/index.ts';
import { createSilentDatabase } from '../../bot/asking/silent-database.ts';
import { createSlackClient } from '../../bot/slack-client.ts';
import { promise } from '../../domain/sync/freshness.ts';
import { createLogger } from '../../logger.ts';
import { openDatabase, type Database } from '../../store/database/database.ts';
import { createStore, type Store } from '../../store/index.ts';
import { createSealer } from '../../store/logins/sealer.ts';
import { now } from '../bot/facts.ts';
import { office } from './people.ts';
import { screensOf } from '../screens.ts';

/** What came of something that was done in Slack. */
export interface Came {
  /** Verbs of the gateway, `link`, `opens <view>`, `turns` a page, `shows home`: what it led to, beside words. */
  effects: string[];
  /** What was answered. */
  words: string;
  /** What went wrong on our side. */
  faults: string[];
}

export interface SlackDoor {
  store: Store;
  database: Database;
  /** Does to the bot what Slack does: hands over one payload. */
  send(body: Record<string, unknown>): Promise<Came>;
  close(): Promise<void>;
}

/**
 * The listeners of the bot behind Bolt itself, without a socket; a Slack that takes everything, and a gateway that notes what
 * it is asked for. So a whole table of doors and people takes seconds.
 */
export async function openSlackDoor(): Promise<SlackDoor> {
  const folder = await mkdtemp(join(tmpdir(), 'syncuser-doors-'));
  const database = await openDatabase({ file: join(folder, 'doors.sqlite') });
  const sealer = createSealer({ current: 'k', keys: { k: randomBytes(32).toString('base64') } });
  const store = createStore(database, { sealer, now: () => now });
  let came: Came = { effects: [], words: '', faults: [] };
  const slackServer = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => void (body += String(piece)));
    request.on('end', () => {
      const method = request.url?.split('/').at(-1) ?? '';
      const said = method === 'respond' ? body : decodeURIComponent(body.replaceAll('+', ' '));
      if (method === 'views.open') came.effects.push(`opens ${/"callback_id":"([\w-]+)"/.exec(said)?.[1]}`);
      else if (method === 'views.publish') came.effects.push('shows home');
      if (method !== 'conversations.open') came.words += said;
      response.setHeader('content-type', 'application/json');
      response.end('{"ok":true,"channel":{"id":"D0"}}');
    });
  });
  await new Promise<void>((resolve) => slackServer.listen(0, '127.0.0.1', resolve));
  const slackUrl = `http://127.0.0.1:${(slackServer.address() as AddressInfo).port}/`;
  const slack = createSlackClient({ token: 'xoxb-doors', apiUrl: slackUrl });
  const gateway = new Proxy({} as BotDeps['gateway'], {
    get: (_, verb: string) =>
      verb === 'reachable' ? async () => true : async () => void came.effects.push(verb),
  });
  const links: BotDeps['links'] = {
    async issue() {
      came.effects.push('link');
      return { url: 'https://syncuser.example/connect/x', expiresAt: now.toISOString() };
    },
  };
  const systems = [
    { id: 'exact-online', name: 'Exact Online', hasLoginPage: true, screens: screensOf('exact-online') },
  ];
  const freshness = promise(3_600_000);
  const facts = createFacts({ store, gateway, office, systems, freshness, now: () => now });
  const app = new App({
    authorize: async () => ({ botToken: 'xoxb-doors', botId: 'B0', botUserId: 'U0BOT' }),
    receiver: { init: () => undefined, start: async () => undefined, stop: async () => undefined },
    extendedErrorHandler: true,
    logLevel: LogLevel.ERROR,
  });
  const askFrom = createAskFrom({ slack, office, wholeLists: store.wholeLists });
  const logger = createLogger('bot', 'error', { write: (line) => void came.faults.push(line) });
  app.error(
    createErrorHandler({
      askFrom,
      mayBeDone: () => false,
      silentDatabase: { tell: async () => undefined },
      logger,
    }),
  );
  const parts = { facts, store, gateway, links, office, systems, slack, now: () => now };
  const silentDatabase = createSilentDatabase({ askFrom, probe: async () => undefined, logger });
  register(app, { ...parts, homes: createHomes(parts, { silentDatabase, logger }) }, askFrom);

  return {
    store,
    database,
    async send(body) {
      came = { effects: [], words: '', faults: [] };
      const mine = came;
      const responseUrl = `${slackUrl}respond`;
      await app.processEvent({
        body: { team: { id: 'T0' }, team_id: 'T0', response_url: responseUrl, ...body },
        ack: async (answer?: unknown) => {
          if (JSON.stringify(answer)?.includes('"response_action":"update"')) mine.effects.push('turns');
          if (JSON.stringify(answer)?.includes('"response_action":"errors"'))
            mine.words += JSON.stringify(answer);
        },
      });
      return mine;
    },
    async close() {
      slackServer.closeAllConnections();
      await new Promise((resolve) => slackServer.close(resolve));
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
}
