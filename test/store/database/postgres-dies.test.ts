import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { openDatabase } from '../../../store/database/database.ts';
import { startMortalPostgres, type MortalPostgres } from '../../mortal-postgres.ts';
import { until } from '../../until.ts';

const program = fileURLToPath(new URL('../../fixtures/restless-writer.ts', import.meta.url));
let postgres: MortalPostgres;

beforeAll(async () => {
  postgres = await startMortalPostgres();
});
afterAll(() => postgres?.remove());

/** Writes on and on in a process of its own, as a worker does. */
function startWriter(): { child: ChildProcess; written: () => string[]; complaints: () => string } {
  const child = spawn(process.execPath, ['--import', 'tsx', program, postgres.url], { stdio: 'pipe' });
  let said = '';
  let complaints = '';
  child.stdout.on('data', (chunk) => (said += String(chunk)));
  child.stderr.on('data', (chunk) => (complaints += String(chunk)));
  return {
    child,
    written: () =>
      said
        .split('\n')
        .slice(0, -1)
        .filter((line) => line !== 'writing'),
    complaints: () => complaints,
  };
}

test('a process lives through every death of PostgreSQL, goes on by itself and loses nothing it was told is written', async () => {
  const { child, written, complaints } = startWriter();
  const goesOn = async () => {
    const before = written().length;
    await until('more to be written', () => {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`the writer ended: ${complaints()}`);
      return written().length > before + 30 || undefined;
    });
  };
  try {
    await goesOn();
    for (const signal of ['SIGKILL', 'SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
      await sleep(Math.random() * 100); // any moment of its work
      await postgres.restart(signal);
      await goesOn();
    }
  } finally {
    child.kill('SIGKILL');
    if (child.exitCode === null) await once(child, 'exit');
  }

  const { db, close } = await openDatabase({ url: postgres.url });
  const kept = await db.selectFrom('change_feeds').select('connection_id').execute();
  const ids = new Set(kept.map(({ connection_id }) => connection_id));
  expect(written().filter((id) => !ids.has(id))).toEqual([]);
  await close();
});

test('a frozen PostgreSQL is an error within the patience, and nothing half done is left when it goes on', async () => {
  const { db, transact, close } = await openDatabase({ url: postgres.url, patienceMs: 3_000 });
  await sql`truncate change_feeds`.execute(db);
  const feed = (connection_id: string) => ({ connection_id, last_seq: 1 });
  let isInside = () => {};
  const inside = new Promise<void>((resolve) => (isInside = resolve));
  let goOn = () => {};
  const frozen = new Promise<void>((resolve) => (goOn = resolve));

  const half = transact('one lock', async (trx) => {
    await trx.insertInto('change_feeds').values(feed('half')).execute();
    isInside();
    await frozen;
    await trx.insertInto('change_feeds').values(feed('whole')).execute();
  });
  await inside;
  await postgres.freeze();
  try {
    goOn();
    const others = Array.from({ length: 15 }, () => db.selectFrom('grants').selectAll().execute());
    const ends = await Promise.allSettled([half, ...others]);
    expect(new Set(ends.map(({ status }) => status))).toEqual(new Set(['rejected']));
  } finally {
    await postgres.thaw();
  }

  await transact('one lock', (trx) => trx.insertInto('change_feeds').values(feed('after')).execute());
  expect(await db.selectFrom('change_feeds').select('connection_id').execute()).toEqual([
    { connection_id: 'after' },
  ]);
  await close();
});

test('a statement that waits for a lock of somebody who never lets go is given up', async () => {
  const [holder, other] = await Promise.all([
    openDatabase({ url: postgres.url }),
    openDatabase({ url: postgres.url, patienceMs: 3_000 }),
  ]);
  await holder.transact('held', async () => {
    await expect(other.transact('held', async () => {})).rejects.toThrow(/timeout/);
  });

  expect(await other.transact('held', async () => 'mine')).toBe('mine');
  await Promise.all([holder.close(), other.close()]);
});
