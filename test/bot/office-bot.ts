import { randomBytes } from 'node:crypto';
import { createBot, type Bot } from '../../bot/app.ts';
import { createSlackClient } from '../../bot/slack-client.ts';
import { createSpeaker } from '../../bot/speaker.ts';
import type { Objection } from '../../domain/objections.ts';
import { ObjectionError } from '../../gateway/errors.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import { createLogger } from '../../logger.ts';
import { promise } from '../../domain/sync/freshness.ts';
import { readDemoOffice } from '../../start/demo-office.ts';
import type { Database } from '../../store/database/database.ts';
import { createStore, type Store } from '../../store/index.ts';
import { createSealer } from '../../store/logins/sealer.ts';
import { now } from './facts.ts';
import { muchTime, type Workspace } from './workspace.ts';
import { screensOf } from '../screens.ts';

/** What the bot asked of the connection's workflow; our own port, so it may be a stand-in. */
export interface Asked {
  calls: [verb: string, ...args: unknown[]][];
  /** Makes the next call fail. */
  failNext(error: Error): void;
  reachable: boolean;
}

export interface OfficeBot {
  bot: Bot;
  store: Store;
  asked: Asked;
  links: { officeUserId: string; connectionId: string; purpose: string }[];
  logLines: string[];
  /** Keys of what is left for later. */
  later: string[];
  /** One more attempt at it, as the workflow makes it. */
  carryOut(key: string): Promise<unknown>;
  reset(): void;
}

/**
 * The bot of the demo office, on the real local Slack and a real store. `isHasty`: it asks as soon as in an office whether
 * the database is there.
 */
export function createOfficeBot(
  workspace: Workspace,
  database: Database,
  instead: { apiUrl?: string; startPauseMs?: number; isHasty?: boolean } = {},
): OfficeBot {
  const sealer = createSealer({ current: 'test', keys: { test: randomBytes(32).toString('base64') } });
  const store = createStore(database, { sealer });
  const links: OfficeBot['links'] = [];
  const logLines: string[] = [];
  const left: string[] = [];
  const later = async ({ key }: { key: string }) => void left.push(key);
  const { asked, gateway } = recordingGateway();
  const bot = createBot({
    store,
    gateway,
    links: {
      issue: async (request) => {
        links.push(request);
        return {
          url: `http://127.0.0.1:3000/connect/${links.length}`,
          expiresAt: '2026-11-23T10:30:00.000Z',
        };
      },
    },
    office: readDemoOffice(),
    freshness: promise(3_600_000),
    systems: [
      { id: 'exact-online', name: 'Exact Online', hasLoginPage: true, screens: screensOf('exact-online') },
      { id: 'tryton', name: 'Tryton', hasLoginPage: false, screens: screensOf('tryton') },
    ],
    slack: {
      botToken: 'xoxb-local-syncuser',
      appToken: 'xapp-local-syncuser',
      apiUrl: instead.apiUrl ?? workspace.slack.apiUrl,
    },
    later,
    ...(instead.startPauseMs === undefined ? {} : { startPauseMs: instead.startPauseMs }),
    ...(instead.isHasty ? {} : { silentAfterMs: muchTime }),
    logger: createLogger('bot', 'info', { write: (line) => void logLines.push(line) }),
    now: () => now,
  });
  const reset = () => {
    asked.calls.length = 0;
    asked.reachable = true;
    links.length = 0;
  };
  const carryOut = (key: string) =>
    createSpeaker({
      slack: createSlackClient({ token: 'xoxb-local-syncuser', apiUrl: workspace.slack.apiUrl }),
      store,
      office: readDemoOffice(),
      screensOf,
      later,
      logger: { error: () => {} },
    }).carryOut(key);
  return { bot, store, asked, links, logLines, later: left, carryOut, reset };
}

function recordingGateway(): { asked: Asked; gateway: Omit<Gateway, 'signInReturned'> } {
  let failure: Error | null = null;
  const asked: Asked = {
    calls: [],
    reachable: true,
    failNext: (error) => {
      failure = error;
    },
  };
  const record =
    (verb: string) =>
    async (...args: unknown[]) => {
      asked.calls.push([verb, ...args]);
      const error = failure;
      failure = null;
      if (error) throw error;
    };
  const gateway = {
    setUp: record('setUp'),
    chooseCompanies: record('chooseCompanies'),
    changeSynchronisationUser: record('changeSynchronisationUser'),
    acknowledge: record('acknowledge'),
    snooze: record('snooze'),
    syncNow: record('syncNow'),
    packageCalled: record('packageCalled'),
    decideDeletions: record('decideDeletions'),
    verify: record('verify'),
    unlinkCompanies: record('unlinkCompanies'),
    pause: record('pause'),
    resume: record('resume'),
    cancelInvitation: record('cancelInvitation'),
    undoChange: record('undoChange'),
    planHandover: record('planHandover'),
    cancelHandover: record('cancelHandover'),
    decideChange: record('decideChange'),
    setStandIn: record('setStandIn'),
    unlinkPerson: record('unlinkPerson'),
    bookingsChanged: record('bookingsChanged'),
    reachable: async () => asked.reachable,
  };
  return { asked, gateway };
}

export const refused = (why: Objection) => new ObjectionError(why);
