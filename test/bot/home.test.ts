import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openDatabase, type Database } from '../../store/database/database.ts';
import { startMortalPostgres, type MortalPostgres } from '../mortal-postgres.ts';
import { eventually, until } from '../until.ts';
import { directMessagesOf } from '../slack-driver.ts';
import { createOfficeBot, type OfficeBot } from './office-bot.ts';
import { startWorkspace, type Workspace } from './workspace.ts';

// Slack tells once that somebody opens App Home, so what cannot be shown at that moment is shown later.

let workspace: Workspace;
let postgres: MortalPostgres;
let database: Database;
let office: OfficeBot;
const [sanne, tom] = ['U0SANNE', 'U0TOM'];

beforeAll(async () => {
  [workspace, postgres] = await Promise.all([startWorkspace(), startMortalPostgres()]);
  database = await openDatabase({ url: postgres.url, patienceMs: 2_000 });
  office = createOfficeBot(workspace, database, { isHasty: true });
  await office.bot.start();
});
afterAll(async () => {
  await office?.bot.stop();
  await database?.close();
  await workspace?.stop();
  await postgres?.remove();
});

const shown = (user: string, words: string) =>
  workspace.view('views.publish', (view, whose) => whose === user && JSON.stringify(view).includes(words));
const silent = 'database does not answer at the moment, so nothing can be shown here';

async function whileFrozen(act: () => Promise<unknown>): Promise<void> {
  await postgres.freeze();
  try {
    await act();
  } finally {
    await postgres.thaw();
  }
}
async function whileGone(act: () => Promise<unknown>): Promise<void> {
  const back = await postgres.kill();
  try {
    await act();
  } finally {
    await back();
  }
}
const readsThatItIsSilent = async () => {
  await workspace.openHome(sanne);
  await shown(sanne, silent);
};

test('Whoever opens it while the database is frozen reads so, and it appears once the database answers', async () => {
  await whileFrozen(readsThatItIsSilent);
  await shown(sanne, 'Set up a connection');
});

test('Whoever opens it while the database is gone reads so, and it appears once the database is back', async () => {
  await whileGone(readsThatItIsSilent);
  await shown(sanne, 'Set up a connection');
});

test.each([
  ['asks to wait', { rateLimited: { retryAfter: 1 } }],
  ['has a fault of its own', { status: 503 as const }],
  ['breaks the connection', { connection: 'lose-answer' as const }],
])('Where Slack %s it is shown a little later', async (_what, then) => {
  await workspace.strict.turn('misfortune', { method: 'views.publish', times: 2, then });
  const before = await timesPublished();
  await workspace.openHome(sanne);
  await eventually(async () => expect((await timesPublished()) - before).toBeGreaterThanOrEqual(3));
  await shown(sanne, 'Set up a connection');
});

test('What Slack refuses for good is not tried again, and stands in the log', async () => {
  const then = { error: 'missing_scope' };
  await workspace.strict.turn('misfortune', { method: 'views.publish', times: 1, then });
  const before = office.logLines.length;
  const said = () => office.logLines.slice(before).join('');
  await workspace.openHome(sanne);
  await until('a fault in the log', () => said().includes('a request from Slack failed') || undefined);
  expect(said()).toContain('missing_scope');
  expect(said()).not.toContain('it is tried again');
});

test('Whoever opens it again sees the newer page, and nothing older comes after it', async () => {
  await whileFrozen(readsThatItIsSilent);
  await workspace.openHome(sanne);
  await shown(sanne, 'Set up a connection');
  await sleep(2_500); // what the first one still had to say would have come by now
  const newest = await timesPublished();
  await workspace.view('views.publish', (view) => JSON.stringify(view).includes('Set up a connection'));
  expect(await timesPublished()).toBe(newest);
});

test('Whoever writes to the bot while the database is gone reads so', async () => {
  await whileGone(async () => {
    await workspace.write(tom, 'hello?', directMessagesOf(tom));
    await workspace.message(directMessagesOf(tom), 'database does not answer at the moment');
  });
});

const timesPublished = async () => (await workspace.strict.calls({ method: 'views.publish' })).length;
