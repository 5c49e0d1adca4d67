import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createAskFrom, type Origin } from '../../bot/asking/ask.ts';
import { paragraphs } from '../../bot/messages/paragraphs.ts';
import { createOfficeBot } from './office-bot.ts';
import { createSlackClient } from '../../bot/slack-client.ts';
import { standInModal } from '../../bot/modals/stand-in.ts';
import { RefusedError } from '../../bot/asking/refused.ts';
import { readDemoOffice } from '../../start/demo-office.ts';
import { onSqlite } from '../database.ts';
import { accounting, directMessagesOf } from '../slack-driver.ts';
import { startRefusingSlack, type RefusingSlack } from './refusing-slack.ts';
import { startWorkspace, type Workspace } from './workspace.ts';

let workspace: Workspace;
let slack: RefusingSlack;
const open = onSqlite();
const tom = 'U0TOM';

beforeAll(async () => {
  workspace = await startWorkspace();
  slack = await startRefusingSlack(workspace.slack.apiUrl);
});
afterAll(async () => {
  await slack.stop();
  await workspace.stop();
});

const kept: string[] = [];
const client = () => createSlackClient({ token: 'xoxb-local-syncuser', apiUrl: slack.apiUrl });
const ask = (more: Partial<Origin>) =>
  createAskFrom({
    slack: client(),
    office: readDemoOffice(),
    wholeLists: { keep: async ({ id }) => void kept.push(id) },
  })({ actionId: 'command/1', slackUserId: tom, triggerId: 't', responseUrl: null, channel: null, ...more });

async function answering(
  status: number | 'nothing',
): Promise<{ url: string; stop: () => void; heard: string[] }> {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    request.on('data', (piece: Buffer) => heard.push(piece.toString()));
    if (status === 'nothing') response.destroy();
    else response.writeHead(status).end('Expired url');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: () => void server.close(),
    heard,
  };
}

test.each([404, 500, 'nothing'] as const)(
  'An answer that cannot be given where it was asked for goes as a direct message: %s',
  async (status) => {
    const { url, stop } = await answering(status);
    await ask({ responseUrl: url, channel: accounting }).answer(paragraphs(`Paused, although ${status}.`));
    stop();
    await workspace.message(directMessagesOf(tom), `Paused, although ${status}.`);
  },
);

test('An answer with a long list is kept as a whole before it is given', async () => {
  const message = paragraphs({ lines: Array.from({ length: 60 }, (_, index) => `• ${index}`) });
  await ask({}).answer(message);
  expect(kept).toEqual([message.whole?.id]);
});

test('What concerns everybody is read in the office’s channel too, and where that cannot be told the person reads so', async () => {
  await ask({ channel: 'C0NORTH' }).answerTeam(paragraphs('Tom paused it.'));
  await workspace.message(accounting, 'Tom paused it.');
  slack.refuse('chat.postMessage', 'not_in_channel');
  const { url, stop, heard } = await answering(200);
  await ask({ channel: 'C0NORTH', responseUrl: url }).answerTeam(paragraphs('Tom resumed it.'));
  stop();
  slack.refuse('chat.postMessage', null);
  expect(heard.join('')).toContain(`<#${accounting}> could not be told`);
});

const form = standInModal({
  connectionName: 'Exact Online',
  synchronisationUser: 'Tom',
  now: null,
  people: [],
  metadata: '',
});

test.each(['expired_trigger_id', 'exchanged_trigger_id', 'trigger_expired', 'ratelimited'])(
  'A form that Slack would not open any more is no fault: %s',
  async (code) => {
    slack.refuse('views.open', code);
    const opened = ask({}).open(form);
    await expect(opened).rejects.toBeInstanceOf(RefusedError);
    await expect(opened).rejects.toThrow('Slack took too long');
  },
);

test('A form that Slack cannot draw stays a fault', async () => {
  slack.refuse('views.open', 'invalid_arguments');
  await expect(ask({}).open(form)).rejects.not.toBeInstanceOf(RefusedError);
});

test('The bot starts where it may not post, and greets later by itself', async () => {
  const database = await open();
  const bot = createOfficeBot(workspace, database, { apiUrl: slack.apiUrl, startPauseMs: 20 });
  slack.refuse('chat.postMessage', 'not_in_channel');
  await bot.bot.start();
  expect(bot.logLines.join('')).toContain('/invite @Syncuser');
  expect(bot.later).toContain('welcome'); // what the workflow does from now on
  slack.refuse('chat.postMessage', null);
  await bot.carryOut('welcome');
  await workspace.message(accounting, 'this is Syncuser');
  await bot.bot.stop();
});

test('The bot starts where Slack refuses its tokens', async () => {
  const database = await open();
  const bot = createOfficeBot(workspace, database, { apiUrl: slack.apiUrl, startPauseMs: 20 });
  slack.refuse('apps.connections.open', 'invalid_auth');
  await bot.bot.start();
  await bot.bot.stop();
  slack.refuse('apps.connections.open', null);
  expect(bot.logLines.join('')).toContain('Slack refuses Syncuser: invalid_auth');
  expect(bot.logLines.join('')).toContain('Slack is not connected yet');
});
