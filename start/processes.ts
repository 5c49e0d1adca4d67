import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isTaken } from './ports.ts';
import { startProcessGroup } from './process-group.ts';
import type { Command, Ending, ProcessGroup } from './process-group.ts';

/** Something `npm start` runs: a program with a name that people read. */
export interface Part extends Command {
  name: string;
  /** It is ready when it says a line like this, and when what it then takes to answer has resolved. */
  ready: RegExp;
  answers?: (signal: AbortSignal) => Promise<void>;
  /** Where it listens: ended before it was ready, it is not tried again on a port that is somebody else's. */
  ports?: readonly number[];
}

export interface SupervisorOptions {
  logDirectory: string;
  /** Tells the person at the terminal. */
  say: (sentence: string) => void;
  /** The groups that run now, whenever that changes. */
  onGroups?: (groups: { name: string; pid: number }[]) => void;
  /** First pause before a restart; it doubles up to half a minute. */
  pauseMs?: number;
}

const attemptsAtFirst = 4;
const steadyAfterMs = 30_000;
const slowAfterMs = 15_000;

/** Starts parts, restarts the ones that die and says so, and ends them all. */
export function createSupervisor({ logDirectory, say, onGroups, pauseMs = 500 }: SupervisorOptions) {
  const running = new Map<string, ProcessGroup>();
  const waves: string[][] = [];
  const watching: Promise<void>[] = [];
  const stopping = new AbortController();
  const changed = () => onGroups?.([...running].map(([name, { pid }]) => ({ name, pid })));
  mkdirSync(logDirectory, { recursive: true });

  /** Starts these side by side. Rejects when one of them ends before it is ready, again and again or for its port. */
  async function start(parts: readonly Part[]): Promise<void> {
    waves.push(parts.map(({ name }) => name));
    await Promise.all(
      parts.map((part) => new Promise<void>((ready, failed) => watching.push(watch(part, ready, failed)))),
    );
  }

  async function watch(part: Part, onReady: () => void, onFailed: (error: Error) => void): Promise<void> {
    let wasReady = false;
    for (let attempt = 1; !stopping.signal.aborted; attempt += 1) {
      const startedAt = Date.now();
      const ending = await runOnce(part, () => {
        if (wasReady) say(`${part.name} is back`);
        wasReady = true;
        onReady();
      });
      if (stopping.signal.aborted) break;
      if (!wasReady && (attempt >= attemptsAtFirst || (await hasLostPort(part))))
        return onFailed(new Error(describe(part, ending, 'giving up')));
      if (Date.now() - startedAt > steadyAfterMs) attempt = 1;
      say(describe(part, ending, 'restarting'));
      await pause(Math.min(pauseMs * 2 ** (attempt - 1), 30_000));
    }
    onFailed(new Error('stopped before everything was ready'));
  }

  function pause(ms: number): Promise<void> {
    return sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  }

  async function runOnce(part: Part, onReady: () => void): Promise<Ending> {
    const over = new AbortController();
    const slow = setTimeout(
      () => say(`still waiting for ${part.name} (log: ${logFileOf(part)})`),
      slowAfterMs,
    );
    let isReady = false;
    const nowReady = () => {
      if (isReady || over.signal.aborted) return;
      isReady = true;
      clearTimeout(slow);
      onReady();
    };
    const group = startProcessGroup(part, logFileOf(part), (line) => {
      if (part.ready.test(line)) void untilItAnswers(part, over.signal).then(nowReady, () => group.stop());
    });
    running.set(part.name, group);
    changed();
    const ending = await group.ended;
    over.abort();
    clearTimeout(slow);
    running.delete(part.name);
    changed();
    return ending;
  }

  function logFileOf(part: Part): string {
    const file = join(logDirectory, `${part.name.toLowerCase().replaceAll(' ', '-')}.log`);
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 10_000_000) rmSync(file);
    return file;
  }

  function describe(part: Part, { how, lastLines }: Ending, what: string): string {
    const told = how.startsWith('signal') ? [] : lastLines.map((line) => `    ${line}`);
    return [`${part.name} ended (${how}); ${what} (log: ${logFileOf(part)})`, ...told].join('\n');
  }

  /** Ends every part, those that were started last first, and waits until no process of theirs is left. */
  async function stop(): Promise<void> {
    stopping.abort();
    for (const wave of waves.reverse()) {
      await Promise.all(wave.flatMap((name) => running.get(name)?.stop() ?? []));
    }
    await Promise.all(watching);
  }

  return { start, stop };
}

/** A line of the program itself comes first, so that nobody else who has its port answers in its place. */
export async function untilItAnswers({ answers }: Part, signal: AbortSignal): Promise<void> {
  await answers?.(signal);
}

async function hasLostPort({ ports = [] }: Part): Promise<boolean> {
  for (const port of ports) if (await isTaken(port)) return true;
  return false;
}
