import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { View } from '@slack/types';
import { createSlackClient } from '../../bot/slack-client.ts';
import { createSpeaker } from '../../bot/speaker.ts';
import type { Announcement } from '../../domain/announcements/index.ts';
import type { Statement } from '../../domain/deliveries.ts';
import type { ConnectRequest } from '../../domain/announcements/logins.ts';
import type { ConnectionState } from '../../domain/connection.ts';
import { readDemoOffice } from '../../start/demo-office.ts';
import { openDatabase, type Database } from '../../store/database/database.ts';
import { companies, disconnectionFacts, minutesAgo, state } from './facts.ts';
import { createOfficeBot, type OfficeBot } from './office-bot.ts';
import { accounting, type Seen } from '../slack-driver.ts';
import { until } from '../until.ts';
import { muchTime, startWorkspace, type Workspace } from './workspace.ts';
import { screensOf } from '../screens.ts';

export const [sanne, tom, petra, noor] = ['U0SANNE', 'U0TOM', 'U0PETRA', 'U0NOOR'];

export const disconnected = {
  link: { state: 'disconnected', since: minutesAgo(4), cause: 'consent-withdrawn' },
  nextSyncAt: null,
} as const;

export type Talk = ReturnType<typeof talkInSlack>;

/** The demo office talks with the bot: a local Slack and a store per test file, no connections before each test. */
export function talkInSlack() {
  let workspace: Workspace;
  let database: Database;
  let folder: string;
  let office: OfficeBot;
  let count = 10;

  beforeAll(async () => {
    workspace = await startWorkspace();
    folder = await mkdtemp(join(tmpdir(), 'syncuser-listeners-'));
    database = await openDatabase({ file: join(folder, 'test.sqlite') });
    office = createOfficeBot(workspace, database);
    await office.bot.start();
  });
  afterAll(async () => {
    await office.bot.stop();
    await database.close();
    await workspace.stop();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    office.reset();
    for (const table of ['connections', 'master_data', 'sync_positions', 'companies'] as const)
      await database.db.deleteFrom(table).execute();
  });
  const client = () => createSlackClient({ token: 'xoxb-local-syncuser', apiUrl: workspace.slack.apiUrl });

  /** Says it as an activity would. */
  async function say(statement: Statement): Promise<Seen> {
    const speaker = createSpeaker({
      slack: client(),
      store: office.store,
      office: readDemoOffice(),
      screensOf,
      later: async () => {},
      logger: { error: () => {} },
      firstAttemptMs: muchTime,
    });
    await speaker.say(statement);
    const said = await office.store.deliveries.get(statement.key);
    const seen = (await workspace.messages(said?.channel ?? '')).find(({ ts }) => ts === said?.ts);
    if (!seen) throw new Error('it was not said');
    return seen;
  }

  return {
    get workspace() {
      return workspace;
    },
    get office() {
      return office;
    },
    /** Another process of the same bot. */
    anotherBot: () => createOfficeBot(workspace, database).bot,

    /** Puts a connection into the store, as the connection workflow would. */
    async have(more: Partial<ConnectionState> = {}): Promise<ConnectionState> {
      const saved = state({ ...more, revision: ++count });
      await office.store.connections.save(saved);
      return saved;
    },

    async haveCompanies(connectionId: string, amount: number, linked: number): Promise<void> {
      const listing = companies(amount).map((company) => ({
        ...company,
        externalId: `id-${company.code}`,
        status: 'reachable' as const,
      }));
      const ids = listing.map(({ externalId }) => externalId);
      await office.store.companies.recordListing(connectionId, listing, { complete: true });
      await office.store.companies.link(connectionId, ids.slice(0, linked));
      for (const companyId of ids.slice(0, linked))
        await office.store.syncPositions.recordSuccess({ connectionId, companyId, kind: 'gl-account' }, 1);
    },

    /** Types a command in a channel of its own and waits for the answer to it. */
    async typed(user: string, text: string): Promise<Seen> {
      const channel = await workspace.strict.makeChannel(`talk-${++count}`);
      await workspace.type(user, text, channel);
      return until(`an answer to ${text}`, async () => (await workspace.messages(channel))[0]);
    },

    /** Waits until the gateway was asked for this, and tells with what. */
    called: (verb: string): Promise<unknown[]> =>
      until(`the gateway to be asked: ${verb}`, () => office.asked.calls.find(([name]) => name === verb)),

    opened: (title: string): Promise<View> =>
      workspace.view('views.open', (view) => view.type === 'modal' && view.title.text === title),

    async homeOf(user: string, words: string): Promise<View> {
      await workspace.openHome(user);
      return workspace.view(
        'views.publish',
        (view, whose) => whose === user && JSON.stringify(view).includes(words),
      );
    },

    /** Says it in the office's channel. */
    sayInOffice: (announcement: Announcement): Promise<Seen> =>
      say({ key: `said-${++count}`, to: { channel: accounting }, announcement }),

    sayAlert: (): Promise<Seen> =>
      say({ key: `alert-${++count}`, to: { channel: accounting }, announcement: disconnectionFacts }),

    sayInvitation: (progress: ConnectRequest['progress'], connectionId = 'exact-online-1'): Promise<Seen> =>
      say({
        key: `invitation-${++count}`,
        to: { slackUser: tom },
        announcement: {
          what: 'connect-request',
          reach: null,
          connectionId,
          connectionName: 'Exact Online',
          systemName: 'Exact Online',
          purpose: 'set-up',
          askedBy: 'Sanne Jansen',
          reminded: 0,
          progress,
        },
      }),
  };
}
