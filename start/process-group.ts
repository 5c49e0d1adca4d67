import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Command {
  command: string;
  args: readonly string[];
  env?: Record<string, string | undefined>;
  cwd?: string;
}

export interface ProcessGroup {
  /** Process id of the child, and of the group that it and everything it starts belong to. */
  pid: number;
  /** How it ended, wanted or not; what was left of its group is ended by then. */
  ended: Promise<Ending>;
  /** Asks it to end, waits, and ends what does not. */
  stop(patienceMs?: number): Promise<void>;
}

export interface Ending {
  /** "code 1" or "signal SIGKILL". */
  how: string;
  /** What it said last. */
  lastLines: string[];
}

/**
 * Starts a command in a process group of its own, so that Ctrl-C at the terminal reaches only us, and so that whatever
 * the child itself started can be ended with it. Output goes to `logFile`, line by line also to `onLine`.
 */
export function startProcessGroup(
  { command, args, env, cwd }: Command,
  logFile: string,
  onLine: (line: string) => void = () => undefined,
): ProcessGroup {
  const child = spawn(command, args, { env, cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
  const lastLines: string[] = [];
  for (const output of [child.stdout, child.stderr]) {
    output.pipe(log, { end: false });
    createInterface({ input: output }).on('line', (line) => {
      lastLines.push(line);
      if (lastLines.length > 8) lastLines.shift();
      onLine(line);
    });
  }
  log.on('error', () => undefined); // a full disk must not end what runs
  const closed = new Promise<void>((done) => child.once('close', () => done()));
  const pid = child.pid ?? 0;
  const ended = endingOf().then(async (how) => {
    await endGroup(pid);
    await Promise.race([closed, sleep(500)]); // what it said last is still on its way
    await new Promise<void>((done) => log.end(() => done()));
    return { how, lastLines };
  });

  async function endingOf(): Promise<string> {
    try {
      const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
      return signal ? `signal ${signal}` : `code ${code ?? 0}`;
    } catch (error) {
      return (error as Error).message; // it could not be started at all
    }
  }

  async function stop(patienceMs = 30_000): Promise<void> {
    child.kill('SIGTERM');
    const patience = new AbortController();
    const late = sleep(patienceMs, 'late', { signal: patience.signal }).catch(() => 'ended');
    if ((await Promise.race([ended, late])) === 'late') child.kill('SIGKILL');
    patience.abort();
    await ended;
  }

  return { pid, ended, stop };
}

/** Ends whatever still lives in a group, by the id of the group, and waits until nothing does. */
export async function endGroup(group: number): Promise<void> {
  // Bounded: in a container without an init process, dead orphans stay listed for ever.
  for (let attempt = 0; attempt < 25 && signalGroup(group, 'SIGKILL'); attempt += 1) await sleep(20);
}

/** False when the group has nobody left. Signal 0 only asks. */
export function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  if (group <= 1) return false; // -0 and -1 would mean our own group, and everybody
  try {
    return process.kill(-group, signal);
  } catch {
    return false;
  }
}
