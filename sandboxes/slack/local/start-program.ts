import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { localSlackProgram } from './program.ts';

export interface LocalProgram {
  /** Where it listens: a free port of its own choice, so no other program can have taken it. */
  url: string;
  pid: number;
  /** Resolves when it is gone, wanted or not. */
  ended: Promise<void>;
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
}

const patienceMs = 30_000;

/**
 * Starts the program local-slack and waits for it to say where it listens.
 * @throws Error when it ends before, or says nothing
 */
export async function startLocalProgram(args: string[]): Promise<LocalProgram> {
  const child = spawn(localSlackProgram(), [...args, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = /Web UI:\s+http:\/\/[^:]+:(\d+)/.exec(line)?.[1];
      if (said) resolve(said);
    });
    void ended.then(() => reject(new Error('The local Slack ended while it was starting')));
    setTimeout(() => reject(new Error('The local Slack does not answer')), patienceMs).unref();
  });
  try {
    const url = `http://127.0.0.1:${await port}`;
    return { url, pid: child.pid ?? 0, ended, kill: (signal) => void child.kill(signal) };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}
