import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { WebClient } from '@slack/web-api';
import type { Disconnection, IncidentNote } from '../../domain/announcements/incidents.ts';
import type { Announcement } from '../../domain/announcements/index.ts';
import type { Deliveries } from '../../domain/deliveries.ts';
import { createSlackClient } from '../../bot/slack-client.ts';
import { createSpeaker } from '../../bot/speaker.ts';
import { readDemoOffice } from '../../start/demo-office.ts';
import type { Store } from '../../store/index.ts';
import { onSqlite } from '../database.ts';
import { accounting, directMessagesOf } from '../slack-driver.ts';
import { openStore } from '../store/store.ts';
import { muchTime, startWorkspace, type Workspace } from './workspace.ts';
import { disconnectionFacts } from './facts.ts';
import { screensOf } from '../screens.ts';

let workspace: Workspace;
let store: Store;
/** Keys of what was left for later. */
let later: string[];
let channelCount = 0;
const open = onSqlite();

beforeAll(async () => {
  workspace = await startWorkspace();
});
afterAll(() => workspace.stop());
beforeEach(async () => {
  store = await openStore(open);
  later = [];
});

const client = () => createSlackClient({ token: 'xoxb-local-syncuser', apiUrl: workspace.slack.apiUrl });
const alert = (more: Partial<Disconnection> = {}): Announcement => ({ ...disconnectionFacts, ...more });
const note = (by: string): IncidentNote => ({ what: 'incident-note', note: { kind: 'taken-up', by } });

function speakerOf({ slack = client(), its = store }: { slack?: WebClient; its?: Store } = {}): Deliveries {
  return createSpeaker({
    slack,
    store: its,
    office: readDemoOffice(),
    screensOf,
    later: async ({ key }) => void later.push(key),
    logger: { error: () => {} },
    firstAttemptMs: muchTime,
  });
}

/** A channel of its own, so that tests do not read each other's messages. */
const newChannel = () => workspace.strict.makeChannel(`test-${++channelCount}`);

/** The store of a process that dies after posting, before it notes where the message is; a claim of it is over. */
function dyingOnce(): Store {
  let alive = false;
  return {
    ...store,
    deliveries: {
      ...store.deliveries,
      said: async (...args) => {
        if (alive) return store.deliveries.said(...args);
        alive = true;
        throw new Error('the process died');
      },
    },
  };
}

describe('The speaker', () => {
  test('says an announcement in a channel, and edits it when the facts change', async () => {
    const channel = await newChannel();
    const speaker = speakerOf();
    await speaker.say({ key: 'a', to: { channel }, announcement: alert() });
    await speaker.say({ key: 'a', to: { channel }, announcement: alert({ onIt: 'Tom de Vries' }) });

    const seen = await workspace.messages(channel);
    expect(seen).toHaveLength(1);
    expect(seen[0]?.text).toContain('Tom de Vries is on it');
  });

  test('does not call Slack when there is nothing new to say', async () => {
    const channel = await newChannel();
    const speaker = speakerOf();
    await speaker.say({ key: 'a', to: { channel }, announcement: alert() });
    const before = (await workspace.log()).length;
    await speaker.say({ key: 'a', to: { channel }, announcement: alert() });
    expect(await workspace.log()).toHaveLength(before);
  });

  test('that edits only says nothing where nothing was said, also when Slack had refused it', async () => {
    const channel = await newChannel();
    const speaker = speakerOf();
    const over = { key: 'a', to: { channel }, announcement: alert(), onlyIfSaid: true };
    await speaker.say(over);
    await store.deliveries.write({ key: 'a', to: { channel }, announcement: alert({ onIt: 'Tom' }) });
    await speaker.say(over);
    expect(await workspace.messages(channel)).toEqual([]);
    await speaker.say({ ...over, announcement: alert({ onIt: 'Tom de Vries' }), onlyIfSaid: false });
    await speaker.say(over);
    const seen = await workspace.messages(channel);
    expect(seen.map(({ text }) => text)).toEqual([expect.not.stringContaining('Tom de Vries is on it')]);
  });

  test('posts once although the process died between posting and noting it', async () => {
    const channel = await newChannel();
    const dying = speakerOf({ its: dyingOnce() });
    await expect(dying.say({ key: 'a', to: { channel }, announcement: alert() })).resolves.toBe('later');

    const next = speakerOf();
    await next.carryOut('a');
    await next.say({ key: 'a', to: { channel }, announcement: alert({ onIt: 'Tom de Vries' }) });

    const seen = await workspace.messages(channel);
    expect(seen.map(({ text }) => text)).toEqual([expect.stringContaining('Tom de Vries is on it')]);
  });

  test('edits the message it finds when the facts changed while the process was dead', async () => {
    const channel = await newChannel();
    const dying = speakerOf({ its: dyingOnce() });
    await expect(dying.say({ key: 'a', to: { channel }, announcement: alert() })).resolves.toBe('later');
    const next = speakerOf();
    await next.say({ key: 'a', to: { channel }, announcement: alert({ onIt: 'Tom de Vries' }) });

    const seen = await workspace.messages(channel);
    expect(seen.map(({ text }) => text)).toEqual([expect.stringContaining('Tom de Vries is on it')]);
  });

  test('finds a lost line in a thread as well', async () => {
    const channel = await newChannel();
    const speaker = speakerOf();
    await speaker.say({ key: 'alert', to: { channel }, announcement: alert() });
    const line = { key: 'line', to: { channel }, inThreadOf: 'alert', announcement: note('Tom de Vries') };
    const dying = speakerOf({ its: dyingOnce() });
    await expect(dying.say(line)).resolves.toBe('later');
    await speaker.carryOut('line');

    const [root, ...lines] = await workspace.messages(channel);
    expect(lines.map((message) => [message.thread_ts, message.text])).toEqual([
      [root?.ts, 'Tom de Vries is on it.'],
    ]);
  });

  test('posts when it died before posting', async () => {
    const channel = await newChannel();
    await store.deliveries.write({ key: 'a', to: { channel }, announcement: alert() });
    await store.deliveries.sending('a', channel, 1);
    await speakerOf().say({ key: 'a', to: { channel }, announcement: alert() });
    expect(await workspace.messages(channel)).toHaveLength(1);
  });

  test('says one message when it is asked twice at the same time', async () => {
    const channel = await newChannel();
    const speaker = speakerOf();
    const statement = { key: 'a', to: { channel }, announcement: alert() };
    await Promise.all([speaker.say(statement), speaker.say(statement)]);
    expect(await workspace.messages(channel)).toHaveLength(1);
  });

  test('posts anew when the message it wants to edit is gone', async () => {
    const channel = await newChannel();
    const slack = client();
    const speaker = speakerOf({ slack });
    await speaker.say({ key: 'a', to: { channel }, announcement: alert() });
    const [first] = await workspace.messages(channel);
    await slack.chat.delete({ channel, ts: first?.ts ?? '' });
    await speaker.say({ key: 'a', to: { channel }, announcement: alert({ onIt: 'Tom de Vries' }) });

    expect((await workspace.messages(channel)).map(({ text }) => text)).toEqual([
      expect.stringContaining('Tom de Vries is on it'),
    ]);
  });

  test('reaches a person by direct message', async () => {
    const speaker = speakerOf();
    const announcement: Announcement = { what: 'welcome', officeName: 'Demo Accountants' };
    await speaker.say({ key: 'a', to: { slackUser: 'U0TOM' }, announcement });
    expect((await workspace.messages(directMessagesOf('U0TOM'))).map(({ text }) => text)).toEqual([
      expect.stringContaining('Demo Accountants'),
    ]);
  });

  test('looks for a lost message on every page of the history', async () => {
    const asked: string[] = [];
    const lost = speakerOf({ its: dyingOnce() });
    const channel = await newChannel();
    await expect(lost.say({ key: 'a', to: { channel }, announcement: alert() })).resolves.toBe('later');
    const [posted] = await workspace.messages(channel);

    await answering(
      (request, response) => {
        asked.push(request.url ?? '');
        let body = '';
        request.on('data', (piece: Buffer) => (body += piece.toString()));
        request.on('end', () => {
          const cursor = new URLSearchParams(body).get('cursor');
          const page = cursor
            ? { ok: true, messages: [posted] }
            : { ok: true, messages: [], response_metadata: { next_cursor: 'second' } };
          response.setHeader('content-type', 'application/json').end(JSON.stringify(page));
        });
      },
      (slack) => speakerOf({ slack }).carryOut('a'),
    );
    expect(asked).toEqual(['/api/conversations.history', '/api/conversations.history']);
    expect((await store.deliveries.get('a'))?.ts).toBe(posted?.ts);
  });

  test('that Slack wants to wait leaves it for later and says when', async () => {
    const statement = { key: 'a', to: { channel: accounting }, announcement: alert() };
    await answering(
      (_request, response) => response.writeHead(429, { 'retry-after': '7' }).end(),
      async (slack) => {
        const speaker = speakerOf({ slack });
        expect(await speaker.say(statement)).toBe('later');
        expect(await speaker.carryOut('a')).toMatchObject({
          kind: 'waits',
          refusal: { about: 'passing', retryAfterMs: 7_000 },
        });
      },
    );
    expect(later).toEqual(['a']);
  });
});

/** A Slack that answers as told, for what the local one does not do: pages and rate limits. */
async function answering<T>(
  answer: RequestListener,
  use: (slack: ReturnType<typeof createSlackClient>) => Promise<T>,
): Promise<T> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await use(
      createSlackClient({
        token: 'xoxb-local-syncuser',
        apiUrl: `http://127.0.0.1:${port}/api/`,
      }),
    );
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
