import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import sqlite3 from 'sqlite3';
import { openDatabase, type Database } from '../../../store/database/database.ts';
import { DatabaseLockedError } from '../../../store/database/sqlite3-connection.ts';
import { onBothDatabases, type Open } from '../../database.ts';

const run = promisify(execFile);

/** Opens the database in a process of its own, counts what it finds and leaves. */
function openInAnotherProcess(open: Open): Promise<string> {
  const script = `
    import { openDatabase } from ${JSON.stringify(new URL('../../../store/database/database.ts', import.meta.url).href)};
    const database = await openDatabase(${JSON.stringify(open.address())});
    await database.transact('test', (trx) =>
      trx.insertInto('change_feeds').values({ connection_id: String(process.pid), last_seq: 1 }).execute());
    await database.close();
    process.stdout.write('opened');
  `;
  return run(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script]).then(
    ({ stdout }) => stdout,
  );
}

onBothDatabases((open) => {
  test('processes that start at once all find the tables', async () => {
    const said = await Promise.all([1, 2, 3].map(() => openInAnotherProcess(open)));

    expect(said).toEqual(['opened', 'opened', 'opened']);
    const { db } = await open();
    expect(await db.selectFrom('change_feeds').selectAll().execute()).toHaveLength(3);
  });

  test('handles that open at once in one process all find the tables', async () => {
    const databases = await Promise.all([1, 2, 3, 4].map(() => open()));

    for (const { db } of databases) expect(await db.selectFrom('grants').selectAll().execute()).toEqual([]);
  });

  test('work under the same lock never overlaps, whatever handle it comes from', async () => {
    const databases = await Promise.all([open(), open(), open()]);
    const { db } = databases[0];
    await db.insertInto('change_feeds').values({ connection_id: 'counter', last_seq: 0 }).execute();

    const countUp = (database: Awaited<ReturnType<Open>>) =>
      database.transact('counter', async (trx) => {
        const { last_seq } = await trx
          .selectFrom('change_feeds')
          .select('last_seq')
          .executeTakeFirstOrThrow();
        await trx
          .updateTable('change_feeds')
          .set({ last_seq: last_seq + 1 })
          .execute();
      });
    await Promise.all(Array.from({ length: 30 }, (_, index) => countUp(databases[index % 3] as Database)));

    const counter = await db.selectFrom('change_feeds').select('last_seq').executeTakeFirstOrThrow();
    expect(counter.last_seq).toBe(30);
  });

  test('a transaction that throws leaves nothing behind and the handle usable', async () => {
    const { db, transact } = await open();

    const failing = transact('test', async (trx) => {
      await trx.insertInto('change_feeds').values({ connection_id: 'half', last_seq: 1 }).execute();
      throw new Error('half way');
    });

    await expect(failing).rejects.toThrow('half way');
    expect(await db.selectFrom('change_feeds').selectAll().execute()).toEqual([]);
  });

  test('a database of a newer version is refused, not changed', async () => {
    const { db } = await open();
    await db
      .insertInto('kysely_migration' as never)
      .values({ name: '999-from-the-future', timestamp: new Date().toISOString() })
      .execute();

    await expect(open()).rejects.toThrow('could not be brought up to date');
  });
}, 'empty');

describe('a SQLite file that another process holds locked', () => {
  let folder: string;
  let holder: sqlite3.Database;
  const exec = (sql: string) =>
    new Promise<void>((resolve, reject) => {
      holder.exec(sql, (error) => (error === null ? resolve() : reject(error)));
    });
  const feed = (connection_id: string) => ({ connection_id, last_seq: 1 });

  /** Runs the work on a handle that was opened before the file was locked. */
  async function whileLocked(patienceMs: number, work: (database: Database) => Promise<void>): Promise<void> {
    const file = join(folder, 'database.sqlite');
    const database = await openDatabase({ file, patienceMs });
    holder = new sqlite3.Database(file);
    await exec('begin immediate');
    try {
      await work(database);
    } finally {
      await new Promise((resolve) => holder.close(resolve));
      await database.close();
    }
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'syncuser-locked-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('is written once the other one lets go, longer than one wait inside SQLite takes', () =>
    whileLocked(30_000, async ({ db, transact }) => {
      const writing = transact('test', (trx) =>
        trx.insertInto('change_feeds').values(feed('waited')).execute(),
      );
      await new Promise((resolve) => setTimeout(resolve, 1_300));
      await exec('commit');
      await writing;

      expect(await db.selectFrom('change_feeds').selectAll().execute()).toEqual([feed('waited')]);
    }));

  test('is still read meanwhile', () =>
    whileLocked(50, async ({ db }) => {
      expect(await db.selectFrom('change_feeds').selectAll().execute()).toEqual([]);
    }));

  test('is given up with a clear error when nobody lets go, and written again afterwards', () =>
    whileLocked(50, async ({ db, transact }) => {
      const insert = (id: string) =>
        transact('test', (trx) => trx.insertInto('change_feeds').values(feed(id)).execute());

      await expect(insert('never')).rejects.toThrow(DatabaseLockedError);
      await exec('rollback');
      await insert('now');

      expect(await db.selectFrom('change_feeds').selectAll().execute()).toEqual([feed('now')]);
    }));
});

test('a full disk is told as such, rolls back and loses nothing that was stored', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'syncuser-full-'));
  const { db, transact, close } = await openDatabase({ file: join(folder, 'database.sqlite') });
  await db.insertInto('change_feeds').values({ connection_id: 'stored', last_seq: 1 }).execute();
  // SQLite answers SQLITE_FULL at this size, as it does when the disk has no room.
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db);
  await sql.raw(`pragma max_page_count = ${rows[0]!.page_count + 2}`).execute(db);

  const filling = transact('test', async (trx) => {
    for (let id = 0; id < 10_000; id++)
      await trx
        .insertInto('change_feeds')
        .values({ connection_id: `row ${id}`, last_seq: id })
        .execute();
  });

  await expect(filling).rejects.toMatchObject({ name: 'DatabaseUnavailableError', code: 'SQLITE_FULL' });
  expect(await db.selectFrom('change_feeds').select('connection_id').execute()).toEqual([
    { connection_id: 'stored' },
  ]);
  await close();
  await rm(folder, { recursive: true, force: true });
});
