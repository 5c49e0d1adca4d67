import { spawn } from 'node:child_process';
import { on } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { ensureTemporalCli } from './binaries.ts';

export interface TemporalOptions {
  /** Where its SQLite file is; kept from one start to the next. */
  directory: string;
  port: number;
  uiPort: number;
  /** Names of search attributes, all keywords. */
  searchAttributes: readonly string[];
  /** Hears when the program has to be downloaded first. */
  say?: (sentence: string) => void;
}

/** The command of a development server whose workflows survive a restart and a kill. */
export async function temporalCommand(
  options: TemporalOptions,
): Promise<{ command: string; args: string[] }> {
  await mkdir(options.directory, { recursive: true });
  const args = ['server', 'start-dev', '--log-level', 'warn', '--ui-disable-news-fetch'];
  args.push('--db-filename', join(options.directory, 'temporal.sqlite'));
  args.push('--sqlite-pragma', 'journal_mode=WAL'); // the default, DELETE, is slower and blocks readers
  args.push('--port', `${options.port}`, '--ui-port', `${options.uiPort}`);
  for (const name of options.searchAttributes) args.push('--search-attribute', `${name}=Keyword`);
  // Lets people who wait in Slack go before background rounds; off by default in the server.
  args.push('--dynamic-config-value', 'matching.enableFairness=true');
  return { command: await ensureTemporalCli(options.say), args };
}

/** What it says when it has its ports; before that, whoever answers there is another one. */
export const temporalSays = /^Temporal Server:/;

/**
 * Waits until the server at `address` answers for the namespace.
 * @throws Error when it does not within `timeoutMs`, or when `signal` aborts
 */
export async function waitForTemporal(
  address: string,
  namespace = 'default',
  timeoutMs = 60_000,
  signal?: AbortSignal,
): Promise<void> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: '1s' });
      try {
        await connection.workflowService.describeNamespace({ namespace });
        return;
      } finally {
        await connection.close();
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (Date.now() > until) throw new Error(`Temporal does not answer at ${address}`, { cause: error });
      await sleep(100);
    }
  }
}

/** A development server of its own, and when it has ended, wanted or not. `stop` ends it and waits until it is gone. */
export async function startTemporal(
  options: TemporalOptions,
): Promise<{ address: string; uiUrl: string; pid: number; ended: Promise<void>; stop: () => Promise<void> }> {
  const { command, args } = await temporalCommand(options);
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const address = `localhost:${options.port}`;
  const died = new AbortController();
  void gone.then(() =>
    died.abort(new Error(`Temporal ended while it was starting (${command} ${args.join(' ')})`)),
  );
  const stop = async () => {
    child.kill('SIGTERM');
    await gone;
  };
  try {
    for await (const [line] of on(createInterface({ input: child.stdout }), 'line', { signal: died.signal }))
      if (temporalSays.test(line as string)) break;
    await waitForTemporal(address, 'default', 60_000, died.signal);
  } catch (error) {
    await stop();
    throw died.signal.aborted ? (died.signal.reason as Error) : error;
  }
  return { address, uiUrl: `http://localhost:${options.uiPort}`, pid: child.pid ?? 0, ended: gone, stop };
}
