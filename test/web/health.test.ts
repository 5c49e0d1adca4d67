import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import sqlite3 from 'sqlite3';
import { sql } from 'kysely';
import { startMortalPostgres, type MortalPostgres } from '../mortal-postgres.ts';
import { eventually } from '../until.ts';
import { bearer, runWeb, type RunningWeb } from './running-web.ts';

let postgres: MortalPostgres;
let web: RunningWeb;
const folders: string[] = [];

beforeAll(async () => {
  postgres = await startMortalPostgres();
});
afterAll(async () => {
  await postgres?.remove();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});
afterEach(() => web.close());

const health = async () => {
  const response = await fetch(`${web.url}/health`);
  return { code: response.status, ...((await response.json()) as Record<string, unknown>) };
};
const silent = { code: 503, status: 'degraded', database: false, temporal: true, worker: null };

async function newFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'syncuser-health-'));
  folders.push(folder);
  return join(folder, 'database.sqlite');
}

test('an installation without a living worker is not well, and well again with one', async () => {
  web = await runWeb();
  await eventually(async () =>
    expect(await health()).toMatchObject({ code: 200, status: 'ok', worker: true }),
  );

  await web.database.db.updateTable('heartbeats').set({ at: '2026-01-01T00:00:00.000Z' }).execute();
  expect(await health()).toMatchObject({ code: 503, status: 'degraded', database: true, worker: false });

  await web.store.heartbeats.beat('worker');
  await eventually(async () =>
    expect(await health()).toMatchObject({ code: 200, status: 'ok', worker: true }),
  );
});

test('a frozen PostgreSQL is told while it is frozen, by pages and API as well, and is well when it goes on', async () => {
  web = await runWeb({ database: { url: postgres.url, patienceMs: 3_000 } });
  const link = await web.links.issue({ officeUserId: 'monica', connectionId: 'exact', purpose: 'reconnect' });
  await postgres.freeze();
  try {
    expect(await health()).toMatchObject(silent);
    const answer = await fetch(`${web.url}/api/connections`, { headers: bearer });
    expect({ status: answer.status, body: await answer.json() }).toMatchObject({
      status: 503,
      body: { type: expect.stringMatching(/database-silent$/) as unknown },
    });
    const page = await fetch(link.url);
    expect(page.status).toBe(503);
    expect(await page.text()).toContain('This page looks again by itself');
    expect(page.headers.get('refresh')).toBe('5');
  } finally {
    await postgres.thaw();
  }
  await web.store.heartbeats.beat('worker');
  await eventually(async () => expect(await health()).toMatchObject({ code: 200, status: 'ok' }));
});

test('a SQLite file that somebody holds locked is told while it is', async () => {
  const file = await newFile();
  web = await runWeb({ database: { file, patienceMs: 1_000 } });
  const holder = new sqlite3.Database(file);
  const exec = (statement: string) =>
    new Promise<void>((resolve, reject) =>
      holder.exec(statement, (error) => (error === null ? resolve() : reject(error))),
    );
  await exec('begin immediate');
  expect(await health()).toMatchObject(silent);
  await exec('rollback');
  await new Promise((resolve) => holder.close(resolve));
  await eventually(async () => expect(await health()).toMatchObject({ code: 200, status: 'ok' }));
});

test('a database that is read and takes nothing, as on a full disk, is told', async () => {
  web = await runWeb({ database: { file: await newFile() } });
  await sql`pragma query_only = on`.execute(web.database.db);
  expect(await health()).toMatchObject(silent);
  await sql`pragma query_only = off`.execute(web.database.db);
  await eventually(async () => expect(await health()).toMatchObject({ code: 200, status: 'ok' }));
});
