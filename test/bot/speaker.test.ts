import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Disconnection, IncidentNote } from '../../domain/announcements/incidents.ts';
import type { Announcement } from '../../domain/announcements/index.ts';
import { createSlackClient } from '../../bot/slack-client.ts';
import { createSpeaker, SlackRateLimitError, type SpeakerMessages } from '../../bot/speaker.ts';
import { createMessageStore } from '../../store/messages.ts';
import { onSqlite } from '../database.ts';
import { accounting, directMessagesOf } from '../slack-driver.ts';
import { startWorkspace, type Workspace } from './workspace.ts';
import { disconnectionFacts } from './facts.ts';

let workspace: Workspace;
let messages: SpeakerMessages;
let channelCount = 0;
const open = onSqlite();

beforeAll(async () => {
  workspace = await startWorkspace();
});
afterAll(() => workspace.stop());
beforeEach(async () => {
  messages = createMessageStore(await open(), { now: () => new Date() });
});

const client = () =>
  createSlackClient({ token: 'xoxb-local-syncuser', apiUrl: workspace.slack.apiUrl, timeZone: 'UTC' });
const alert = (more: Partial<Disconnection> = {}): Announcement => ({ ...disconnectionFacts, ...more });
const note = (by: string): IncidentNote => ({ what: 'incident-note', note: { kind: 'taken-up', by } });

/** A channel of its own, so that tests do not read each other's messages. */
async function newChannel(): Promise<string> {
  const { channel } = await client().conversations.create({ name: `test-${++channelCount}` });
  if (!channel?.id) throw new Error('no channel');
  return channel.id;
}

/** The store of a process that dies after posting, before it notes where the message is. */
function dyingOnce(store: SpeakerMessages): SpeakerMessages {
  let alive = false;
  return {
    ...store,
    posted: async (...args) => {
      if (alive) return store.posted(...args);
      alive = true;
      throw new Error('the process died');
    },
  };
}

describe('The speaker', () => {
  test('says an announcement in a channel, and edits it when the facts change', async () => {
    const channel = await newChannel();
    const speaker = createSpeaker({ slack: client(), messages });
    await speaker.say({ key: 'a', to: { channel }, announcement: alert() });
    await speaker.say({ key: 'a', to: { channel }, announcement: alert({ onIt: 'Tom de Vries' }) });

    const seen = await workspace.messages(channel);
    expect(seen).toHaveLength(1);
    expect(seen[0]?.text).toContain('Tom de Vries is on it');
  });

  test('does not call Slack when there is nothing new to say', async () => {
    const channel = await newChannel();
    const speaker = createSpeaker({ slack: client(), messages });
    await speaker.say({ key: 'a', to: { channel }, announcement: alert() });
    const before = (await workspace.log()).length;
    await speaker.say({ key: 'a', to: { channel }, announcement: alert() });
    expect(await workspace.log()).toHaveLength(before);
  });

  test('that edits only says nothing where nothing was said, also when Slack had refused it', async () => {
    const channel = await newChannel();
    const speaker = createSpeaker({ slack: client(), messages });
    const over = { key: 'a', to: { channel }, announcement: alert(), onlyIfSaid: true };
    await speaker.say(over);
    await messages.intend('a', channel);
    await speaker.say(over);
    expect(await workspace.messages(channel)).toEqual([]);
    await speaker.say({ ...over, announcement: alert({ onIt: 'Tom de Vries' }), onlyIfSaid: false });
    await speaker.say(over);
    const seen = await workspace.messages(channel);
    expect(seen.map(({ text }) => text)).toEqual([expect.not.stringContaining('Tom de Vries is on it')]);
  });

  test('posts once although the process died between posting and noting it', async () => {
    const channel = await newChannel();
    const dying = createSpeaker({ slack: client(), messages: dyingOnce(messages) });
    await expect(dying.say({ key: 'a', to: { channel }, announcement: alert() })).rejects.toThrow('died');

    const next = createSpeaker({ slack: client(), messages });
    await next.say({ key: 'a', to: { channel }, announcement: alert() });
    await next.say({ key: 'a', to: { channel }, announcement: alert({ onIt: 'Tom de Vries' }) });

    const seen = await workspace.messages(channel);
    expect(seen.map(({ text }) => text)).toEqual([expect.stringContaining('Tom de Vries is on it')]);
  });

  test('edits the message it finds when the facts changed while the process was dead', async () => {
    const channel = await newChannel();
    const dying = createSpeaker({ slack: client(), messages: dyingOnce(messages) });
    await expect(dying.say({ key: 'a', to: { channel }, announcement: alert() })).rejects.toThrow('died');
    const next = createSpeaker({ slack: client(), messages });
    await next.say({ key: 'a', to: { channel }, announcement: alert({ onIt: 'Tom de Vries' }) });

    const seen = await workspace.messages(channel);
    expect(seen.map(({ text }) => text)).toEqual([expect.stringContaining('Tom de Vries is on it')]);
  });

  test('finds a lost line in a thread as well', async () => {
    const channel = await newChannel();
    const speaker = createSpeaker({ slack: client(), messages });
    await speaker.say({ key: 'alert', to: { channel }, announcement: alert() });
    const line = { key: 'line', to: { channel }, inThreadOf: 'alert', announcement: note('Tom de Vries') };
    const dying = createSpeaker({ slack: client(), messages: dyingOnce(messages) });
    await expect(dying.say(line)).rejects.toThrow('died');
    await speaker.say(line);

    const [root, ...lines] = await workspace.messages(channel);
    expect(lines.map((message) => [message.thread_ts, message.text])).toEqual([
      [root?.ts, 'Tom de Vries is on it.'],
    ]);
  });

  test('posts when it died before posting', async () => {
    const channel = await newChannel();
    await messages.intend('a', channel);
    await createSpeaker({ slack: client(), messages }).say({
      key: 'a',
      to: { channel },
      announcement: alert(),
    });
    expect(await workspace.messages(channel)).toHaveLength(1);
  });

  test('says one message when it is asked twice at the same time', async () => {
    const channel = await newChannel();
    const speaker = createSpeaker({ slack: client(), messages });
    const statement = { key: 'a', to: { channel }, announcement: alert() };
    await Promise.all([speaker.say(statement), speaker.say(statement)]);
    expect(await workspace.messages(channel)).toHaveLength(1);
  });

  test('posts anew when the message it wants to edit is gone', async () => {
    const channel = await newChannel();
    const slack = client();
    const speaker = createSpeaker({ slack, messages });
    await speaker.say({ key: 'a', to: { channel }, announcement: alert() });
    const [first] = await workspace.messages(channel);
    await slack.chat.delete({ channel, ts: first?.ts ?? '' });
    await speaker.say({ key: 'a', to: { channel }, announcement: alert({ onIt: 'Tom de Vries' }) });

    expect((await workspace.messages(channel)).map(({ text }) => text)).toEqual([
      expect.stringContaining('Tom de Vries is on it'),
    ]);
  });

  test('reaches a person by direct message', async () => {
    const speaker = createSpeaker({ slack: client(), messages });
    const announcement: Announcement = { what: 'welcome', officeName: 'Demo Accountants' };
    await speaker.say({ key: 'a', to: { slackUser: 'U0TOM' }, announcement });
    expect((await workspace.messages(directMessagesOf('U0TOM'))).map(({ text }) => text)).toEqual([
      expect.stringContaining('Demo Accountants'),
    ]);
  });

  test('looks for a lost message on every page of the history', async () => {
    const asked: string[] = [];
    const lost = createSpeaker({ slack: client(), messages: dyingOnce(messages) });
    const channel = await newChannel();
    await expect(lost.say({ key: 'a', to: { channel }, announcement: alert() })).rejects.toThrow('died');
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
      (slack) => createSpeaker({ slack, messages }).say({ key: 'a', to: { channel }, announcement: alert() }),
    );
    expect(asked).toEqual(['/api/conversations.history', '/api/conversations.history']);
    expect((await messages.get('a'))?.ts).toBe(posted?.ts);
  });

  test('says how long Slack wants it to wait', async () => {
    const said = answering(
      (_request, response) => response.writeHead(429, { 'retry-after': '7' }).end(),
      (slack) =>
        createSpeaker({ slack, messages }).say({
          key: 'a',
          to: { channel: accounting },
          announcement: alert(),
        }),
    );
    await expect(said).rejects.toBeInstanceOf(SlackRateLimitError);
    await expect(said).rejects.toMatchObject({ retryAfterMs: 7_000 });
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
        timeZone: 'UTC',
      }),
    );
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
