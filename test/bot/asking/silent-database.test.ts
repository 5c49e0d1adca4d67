import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSilentDatabase } from '../../../bot/asking/silent-database.ts';
import { openDatabase } from '../../../store/database/database.ts';
import { startMortalPostgres, type MortalPostgres } from '../../mortal-postgres.ts';
import { until } from '../../until.ts';
import { createOfficeBot } from '../office-bot.ts';
import { startWorkspace, type Workspace } from '../workspace.ts';

let workspace: Workspace;
let postgres: MortalPostgres;
const tom = 'U0TOM';

beforeAll(async () => {
  [workspace, postgres] = await Promise.all([startWorkspace(), startMortalPostgres()]);
});
afterAll(async () => {
  await workspace?.stop();
  await postgres?.remove();
});

const silent = 'Syncuser’s database does not answer at the moment';

test.each([
  ['is waited for', 30_000],
  ['was given up', 3_000],
])('Whoever asks while the database is frozen reads so, once, when it %s', async (_how, patienceMs) => {
  const database = await openDatabase({ url: postgres.url, patienceMs });
  const { bot, logLines } = createOfficeBot(workspace, database, { isHasty: true });
  await bot.start();
  const channel = await workspace.strict.makeChannel(`silent-${patienceMs}`);
  const said = async () => (await workspace.messages(channel)).map(({ text }) => text);
  await postgres.freeze();
  try {
    await workspace.type(tom, 'status', channel);
    await until('an answer while it is frozen', async () =>
      (await said()).find((text) => text.includes(silent)),
    );
  } finally {
    await postgres.thaw();
  }
  // What was waited for is answered as well; what was given up is asked for anew.
  if (patienceMs === 3_000) await workspace.type(tom, 'status', channel);
  await until('the answer itself', async () => (await said()).find((text) => text.includes('no connection')));
  expect((await said()).filter((text) => text.includes(silent))).toHaveLength(1);
  expect(logLines.join('')).toContain('does not answer');
  await bot.stop();
  await database.close();
});

test('a process that is busy for longer than the patience says nothing of a database that answers', async () => {
  const told: unknown[] = [];
  const { watch } = createSilentDatabase({
    askFrom: () => ({ answer: async (message: unknown) => void told.push(message) }) as never,
    probe: async () => {
      await sleep(1);
      standStill(2_500);
      await sleep(20);
    },
    logger: { warn: () => undefined },
  });
  const body = {
    type: 'block_actions',
    user: { id: tom },
    actions: [{ action_id: 'a' }],
    trigger_id: '1.2.3',
  };
  await watch({ body, next: () => sleep(4_500) } as never);
  expect(told).toEqual([]);
});

function standStill(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}
