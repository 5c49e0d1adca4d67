import { App, LogLevel, type Logger as BoltLogger } from '@slack/bolt';
import type { FreshnessPromise } from '../domain/freshness.ts';
import type { Office } from '../domain/office.ts';
import type { Logger } from '../logger.ts';
import { createAskFrom } from './ask.ts';
import type { BotDeps, BotStore, PersonalLinks } from './deps.ts';
import { createFacts } from './facts.ts';
import { createErrorHandler } from './failures.ts';
import { register } from './listeners/index.ts';
import { drawsLikeSlack } from './plain-slack.ts';
import { createSlackClient } from './slack-client.ts';
import { createSpeaker, type SpeakerMessages } from './speaker.ts';

export interface BotSettings {
  botToken: string;
  appToken: string;
  /** Null for Slack itself. */
  apiUrl: string | null;
}

export interface Bot {
  /** Connects to Slack (Socket Mode) and greets the office, once. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The Slack bot: what people type, click and open. Everything it changes goes through the gateway.
 *
 * @example
 * const bot = createBot({ store, gateway, links, office, freshness, systems: [{ id: 'exact-online', name: 'Exact Online' }], slack, logger });
 * await bot.start();
 */
export function createBot(deps: {
  store: BotStore & { messages: SpeakerMessages };
  gateway: BotDeps['gateway'];
  links: PersonalLinks;
  office: Office;
  freshness: FreshnessPromise;
  systems: readonly { id: string; name: string }[];
  slack: BotSettings;
  logger: Logger;
  now?: () => Date;
}): Bot {
  const { store, gateway, links, office, systems, freshness, logger, now = () => new Date() } = deps;
  const { botToken, appToken, apiUrl } = deps.slack;
  const slack = createSlackClient({ token: botToken, apiUrl, timeZone: office.timeZone });
  const facts = createFacts({ store, gateway, office, systems, freshness, now });
  const askFrom = createAskFrom({ slack, office, drawsLikeSlack: drawsLikeSlack(apiUrl) });
  const app = new App({
    token: botToken,
    appToken,
    socketMode: true,
    extendedErrorHandler: true,
    logger: boltLogger(logger),
    ...(apiUrl ? { clientOptions: { slackApiUrl: apiUrl } } : {}),
  });
  app.error(createErrorHandler({ askFrom, logger }));
  register(app, { facts, store, gateway, links, office, systems, slack, now }, askFrom);

  return {
    async start() {
      await app.start();
      await createSpeaker({ slack, messages: store.messages }).say({
        key: 'welcome',
        to: { channel: office.channelId },
        announcement: { what: 'welcome', officeName: office.name },
      });
    },
    async stop() {
      await app.stop();
    },
  };
}

/** Bolt logs whole payloads at debug level, so that level is not passed on. */
function boltLogger(logger: Logger): BoltLogger {
  return {
    debug: () => {},
    info: (...words) => logger.debug(words.map(String).join(' ')),
    warn: (...words) => logger.warn(words.map(String).join(' ')),
    error: (...words) => logger.error(words.map(String).join(' ')),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}
