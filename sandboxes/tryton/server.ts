import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TrytonInstallation } from './install.ts';

/** The books a server serves: a folder with one SQLite file per database. */
export interface TrytonBooks {
  directory: string;
  database: string;
}

export interface RunningTryton {
  url: string;
  database: string;
  /** Ends the server and waits until it has. */
  stop(): Promise<void>;
}

export interface StartOptions {
  installation: TrytonInstallation;
  books: TrytonBooks;
  /** 0 takes a free one. */
  port: number;
  /** Tryton's own `max_attempt`: a login with more wrong passwords than this is answered 429. @default 5 */
  maxAttempts?: number;
}

const mostAttempts = 5;

/**
 * Runs trytond on 127.0.0.1 and waits until it answers.
 * @throws Error with the end of its log when it ends before that
 */
export async function startTryton(options: StartOptions): Promise<RunningTryton> {
  if (options.port !== 0) return startOnPort(options);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnPort({ ...options, port: await freePort() });
    } catch (error) {
      // Somebody may have taken the port since it was found free.
      if (attempt === mostAttempts || !String(error).includes('Address already in use')) throw error;
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function startOnPort({
  installation,
  books,
  port,
  maxAttempts = 5,
}: StartOptions): Promise<RunningTryton> {
  const scratch = await mkdtemp(join(tmpdir(), 'tryton-'));
  const config = join(scratch, 'trytond.conf');
  await writeFile(config, configuration(books, port, maxAttempts));
  // Without -d the first login fails: the modules of the database are not loaded yet.
  // With -v it says when it has its port; before that, whoever answers there is another one.
  const child = spawn(installation.trytond, ['-v', '-c', config, '-d', books.database], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  let listens = false;
  child.stderr?.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-2000);
    listens ||= log.includes('Running on http');
  });

  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    await end(child);
    await rm(scratch, { recursive: true, force: true });
  };
  try {
    await answering(child, url, () => listens);
  } catch (cause) {
    await stop();
    throw new Error(`trytond did not start: ${log.trim()}`, { cause });
  }
  return { url, database: books.database, stop };
}

function configuration(books: TrytonBooks, port: number, maxAttempts: number): string {
  return `[database]
uri = sqlite://
path = ${books.directory}
[web]
listen = 127.0.0.1:${port}
[session]
max_attempt = ${maxAttempts}
`;
}

async function answering(child: ChildProcess, url: string, listens: () => boolean): Promise<void> {
  const question = JSON.stringify({ id: 1, method: 'common.server.version', params: [] });
  const headers = { 'content-type': 'application/json' };
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('it ended');
    const answer = listens()
      ? await fetch(`${url}/rpc/`, { method: 'POST', headers, body: question }).catch(() => null)
      : null;
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await sleep(100);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
