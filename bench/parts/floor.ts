import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import type { BenchRun } from '../bench.ts';
import type { Pages } from './pages.ts';

/**
 * The least that bringing in can be: one loop that fetches a page, parses its JSON, and stores its rows with one
 * statement, on the same disk and as safely (WAL, synchronous FULL). Nothing is checked, compared or remembered.
 */
export async function runFloor(
  { folder, say }: BenchRun,
  { addresses, authorisation }: Pages,
): Promise<{ rows: number; seconds: number }> {
  const headers = { accept: 'application/json', authorization: await authorisation() };
  const database = await open(join(folder, 'floor.sqlite'));
  let rows = 0;
  const start = performance.now();
  for (const address of addresses) {
    const reply = await fetch(address, { headers });
    if (!reply.ok) throw new Error(`the floor was refused: ${reply.status} ${await reply.text()}`);
    const { d } = (await reply.json()) as { d: { results: unknown[] } };
    await database.insert(new URL(address).pathname, JSON.stringify(d.results));
    rows += d.results.length;
  }
  const seconds = (performance.now() - start) / 1000;
  await database.close();
  say(`floor: ${rows} rows in ${seconds.toFixed(1)} s`);
  return { rows, seconds };
}

async function open(file: string) {
  const database = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened: sqlite3.Database = new sqlite3.Database(file, (error) =>
      error ? reject(error) : resolve(opened),
    );
  });
  const run = (statement: string, values: unknown[] = []) =>
    new Promise<void>((resolve, reject) =>
      database.run(statement, values, (error) => (error ? reject(error) : resolve())),
    );
  await run('pragma journal_mode = wal');
  await run('pragma synchronous = full');
  await run(
    'create table rows (path text, id text, code text, name text, content text, primary key (path, id)) without rowid',
  );
  return {
    insert: (path: string, json: string) =>
      run(
        `insert into rows select ?, value ->> 'ID', value ->> 'Code', value ->> 'Description', value from json_each(?)`,
        [path, json],
      ),
    close: () =>
      new Promise<void>((resolve, reject) => database.close((error) => (error ? reject(error) : resolve()))),
  };
}
