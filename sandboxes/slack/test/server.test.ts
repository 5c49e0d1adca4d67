import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { App } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { createSlackControl } from '../local/control.ts';
import { startSlack } from '../server.ts';
import type { LocalSlack } from '../server.ts';
import { createStrictControl } from '../strict-control.ts';
import { localApp } from '../local/workspace.ts';

let directory: string;
let slack: LocalSlack;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'syncuser-slack-'));
  slack = await start();
});

afterEach(async () => {
  await slack.stop();
  rmSync(directory, { recursive: true });
});

async function start(): Promise<LocalSlack> {
  return startSlack({ directory });
}

async function restart(): Promise<WebClient> {
  await slack.stop();
  slack = await start();
  return client();
}

function client(): WebClient {
  return new WebClient(localApp.botToken, { slackApiUrl: slack.apiUrl });
}

async function textsIn(channel: string): Promise<(string | undefined)[]> {
  return (await createSlackControl(slack.url).messages(channel)).map(({ text }) => text);
}

describe('The local Slack', () => {
  test('is the demo office, and a person can open it', async () => {
    const strict = createStrictControl(slack.apiUrl);
    for (const scope of ['users:read', 'channels:read'])
      await strict.turn('take-scope', { scope, on: false });
    const { members = [] } = await client().users.list({});
    expect(members.map(({ real_name }) => real_name)).toEqual([
      'Syncuser',
      'Sanne Jansen',
      'Tom de Vries',
      'Petra Peeters',
      'Noor Bakker',
      'Joost Smit',
    ]);
    const { channels = [] } = await client().conversations.list({});
    expect(channels.map(({ name }) => name)).toEqual(['accounting', 'team-north', 'team-south']);
    expect((await fetch(slack.url)).headers.get('content-type')).toContain('text/html');
  });

  test('waits for a port that is being given back', async () => {
    const before = createServer().listen(0, '127.0.0.1');
    await once(before, 'listening');
    const { port } = before.address() as AddressInfo;
    const starting = startSlack({ directory: join(directory, 'other'), port });
    setTimeout(() => before.close(), 1_000);
    const other = await starting;
    expect(other.url).toBe(`http://localhost:${port}`);
    await other.stop();
  });

  test('hands a slash command to the app over Socket Mode and shows the answer', async () => {
    const app = new App({
      token: localApp.botToken,
      appToken: localApp.appToken,
      socketMode: true,
      clientOptions: { slackApiUrl: slack.apiUrl },
    });
    app.command('/syncuser', async ({ ack, command }) =>
      ack(`heard ${command.text} from ${command.user_id}`),
    );
    await app.start();
    try {
      await fetch(`${slack.url}/_control/command`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ channel: 'C0NORTH', user: 'U0SANNE', command: '/syncuser', text: 'setup' }),
      });
      expect(await textsIn('C0NORTH')).toEqual(['heard setup from U0SANNE']);
    } finally {
      await app.stop();
    }
  });

  test('has its messages, threads and direct messages after a restart, under the timestamps the app knows', async () => {
    const before = client();
    const alert = await before.chat.postMessage({
      channel: 'C0NORTH',
      text: 'disconnected',
      blocks: [{ type: 'section', block_id: 'intent-1', text: { type: 'mrkdwn', text: 'disconnected' } }],
    });
    const known = { channel: 'C0NORTH', ts: alert.ts ?? '' };
    await before.chat.postMessage({ channel: 'C0NORTH', text: 'reminder', thread_ts: known.ts });
    const direct = await before.chat.postMessage({ channel: 'U0TOM', text: 'please connect' });
    await createSlackControl(slack.url).postAsPerson({ channel: 'C0NORTH', user: 'U0TOM', text: 'on it' });
    await before.chat.postEphemeral({ channel: 'C0NORTH', user: 'U0TOM', text: 'only you see this' });

    await restart();
    const after = await restart();
    await after.chat.update({ ...known, text: 'reconnected' });
    await after.chat.postMessage({ channel: 'C0NORTH', text: 'the story', thread_ts: known.ts });

    expect(await textsIn('C0NORTH')).toEqual(['reconnected', 'reminder', 'on it', 'the story']);
    const { messages: thread = [] } = await after.conversations.replies(known);
    expect(thread.map(({ text }) => text)).toEqual(['reconnected', 'reminder', 'the story']);
    expect(await textsIn(direct.channel ?? '')).toEqual(['please connect']);
  });
});
