import { randomUUID } from 'node:crypto';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe } from '@jest/globals';
import pg from 'pg';
import { openDatabase, type Database, type DatabaseAddress } from '../store/database/database.ts';

/**
 * Opens a handle on the database of the running test; the same database every time, as another process would.
 * `open.address()` tells where it is. Handles are closed after the test.
 */
export interface Open {
  (): Promise<Database>;
  address(): DatabaseAddress;
}

/** `empty`: without any table; otherwise a test begins with the newest ones, which are made once and copied. */
type Begin = 'empty' | 'migrated';

/** Runs the tests on a SQLite file and on a PostgreSQL server; every test gets a database of its own. */
export function onBothDatabases(tests: (open: Open) => void, begin: Begin = 'migrated'): void {
  describe('SQLite', () => tests(onSqlite(begin)));
  describe('PostgreSQL', () => tests(onPostgres(begin)));
}

export function onSqlite(begin: Begin = 'migrated'): Open {
  let folder: string;
  let file: string;
  let count = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'syncuser-store-'));
    if (begin === 'migrated') await (await openDatabase({ file: join(folder, template) })).close();
  });
  beforeEach(async () => {
    file = join(folder, `test-${++count}.sqlite`);
    if (begin === 'migrated') await copyFile(join(folder, template), file);
  });
  const open = handles(() => ({ file }));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return open;
}

export function onPostgres(begin: Begin = 'migrated'): Open {
  let server: string;
  let name: string;
  beforeAll(async () => {
    server = await postgresOfRun();
    if (begin === 'migrated') await makeTemplate(server);
  });
  beforeEach(async () => {
    name = `test_${randomUUID().replaceAll('-', '')}`;
    const from = begin === 'migrated' ? ` template ${template}` : '';
    await onServer(server, (client) => client.query(`create database ${name}${from}`));
  });
  const open = handles(() => ({ url: `${server}/${name}` }));
  // Registered after the handles are closed: jest runs these hooks in their order.
  afterEach(() => onServer(server, (client) => client.query(`drop database ${name} with (force)`)));
  return open;
}

const template = 'template_of_tests';

/** The address of the server that test/postgres-of-run.js starts, without a database. */
async function postgresOfRun(): Promise<string> {
  const response = await fetch(process.env['POSTGRES_OF_RUN'] ?? '');
  const { port, error } = (await response.json()) as { port?: number; error?: string };
  if (error !== undefined) throw new Error(error);
  return `postgres://postgres:password@localhost:${port}`;
}

/** Lanes of tests begin at the same time: the first one makes it, the others wait. */
function makeTemplate(server: string): Promise<void> {
  return onServer(server, async (client) => {
    await client.query('select pg_advisory_lock(1)');
    const { rowCount } = await client.query('select from pg_database where datname = $1', [template]);
    if (rowCount) return;
    await client.query(`create database ${template}`);
    await (await openDatabase({ url: `${server}/${template}` })).close();
  });
}

async function onServer(server: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
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
