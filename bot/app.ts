import { setTimeout as sleep } from 'node:timers/promises';
import { App, LogLevel, type AuthorizeResult, type Logger as BoltLogger } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Delivery } from '../domain/deliveries.ts';
import type { FreshnessPromise } from '../domain/sync/freshness.ts';
import type { Office } from '../domain/offices/office.ts';
import type { Logger } from '../logger.ts';
import { createAskFrom } from './asking/ask.ts';
import { notingActs } from './asking/acts.ts';
import type { BotDeps, BotStore, KnownSystem, PersonalLinks } from './deps.ts';
import { createFacts } from './facts.ts';
import { createErrorHandler } from './asking/failures.ts';
import { createHomes } from './home.ts';
import { register } from './listeners/index.ts';
import { createSilentDatabase } from './asking/silent-database.ts';
import { createSlackClient } from './slack-client.ts';
import { createSpeaker, type SpeakerStore } from './speaker.ts';
import { createStarting } from './starting.ts';

/** How long the start waits for Slack. */
const startPatienceMs = 5_000;

export interface BotSettings {
  botToken: string;
  appToken: string;
  /** Null for Slack itself. */
  apiUrl: string | null;
}

export interface Bot {
  /**
   * Connects to Slack (Socket Mode) and greets the office, once; as often as it takes, in the background. Resolves when
   * that is done, or soon where Slack does not let it: nothing else needs to wait for it.
   */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The Slack bot: what people type, click and open. Everything it changes goes through the gateway.
 *
 * @example
 * const bot = createBot({ store, gateway, links, office, freshness, systems: [{ id: 'exact-online', name: 'Exact Online', hasLoginPage: true, screens }], slack, logger });
 * await bot.start();
 */
export function createBot(deps: {
  store: BotStore & SpeakerStore;
  gateway: BotDeps['gateway'];
  links: PersonalLinks;
  office: Office;
  freshness: FreshnessPromise;
  systems: readonly KnownSystem[];
  slack: BotSettings;
  /** Sees to it that what Slack does not take now is said later. */
  later: (delivery: Delivery) => Promise<void>;
  logger: Logger;
  now?: () => Date;
  /** Between two tries to start. Only given by tests. */
  startPauseMs?: number;
  /** After how long the database is asked whether it is there. Only given by tests. */
  silentAfterMs?: number;
}): Bot {
  const { store, gateway, links, office, systems, freshness, logger, now = () => new Date() } = deps;
  const { botToken, appToken, apiUrl } = deps.slack;
  const slack = createSlackClient({ token: botToken, apiUrl });
  const facts = createFacts({ store, gateway, office, systems, freshness, now });
  const acts = notingActs(gateway);
  const { wholeLists } = store;
  const askFrom = createAskFrom({ slack, office, wholeLists });
  const starting = createStarting({
    logger,
    ...(deps.startPauseMs === undefined ? {} : { pauseMs: deps.startPauseMs }),
  });
  const app = new App({
    authorize: whoWeAre(slack, botToken),
    appToken,
    socketMode: true,
    extendedErrorHandler: true,
    logger: boltLogger(logger),
    ...(apiUrl ? { clientOptions: { slackApiUrl: apiUrl } } : {}),
  });
  const silentDatabase = createSilentDatabase({
    askFrom,
    probe: () => store.heartbeats.beat('server'),
    waitMs: deps.silentAfterMs,
    logger,
  });
  app.use(silentDatabase.watch);
  app.error(createErrorHandler({ askFrom, mayBeDone: acts.mayBeDone, silentDatabase, logger }));
  const homes = createHomes({ facts, store, office, slack, now }, { silentDatabase, logger });
  register(app, { facts, homes, store, gateway: acts.gateway, links, office, systems, slack, now }, askFrom);

  const greet = () =>
    createSpeaker({ slack, store, office, screensOf: facts.screensOf, later: deps.later, logger }).say({
      key: 'welcome',
      to: { channel: office.channelId },
      announcement: { what: 'welcome', officeName: office.name },
    });

  return {
    async start() {
      let isConnected = false;
      const greeted = starting
        .untilDone(() => app.start())
        .then(() => {
          isConnected = true;
          return starting.untilDone(greet);
        });
      await Promise.race([greeted, sleep(startPatienceMs, undefined, { ref: false })]);
      if (!isConnected)
        logger.warn('Slack is not connected yet. Pages and API work; it is tried again and again.');
    },
    async stop() {
      starting.stop();
      homes.stop();
      await app.stop();
    },
  };
}

/** Asked when it is needed first, not when the process starts: Slack may not answer then. */
function whoWeAre(slack: WebClient, botToken: string): () => Promise<AuthorizeResult> {
  let known: AuthorizeResult | null = null;
  return async () => {
    if (known) return known;
    const { user_id: botUserId, bot_id: botId } = await slack.auth.test();
    known = { botToken, ...(botUserId ? { botUserId } : {}), ...(botId ? { botId } : {}) };
    return known;
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
