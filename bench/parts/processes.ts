import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endGroup, startProcessGroup, type ProcessGroup } from '../../start/process-group.ts';
import { untilItAnswers, type Part } from '../../start/processes.ts';
import type { BenchRun } from '../bench.ts';

/** Where the product's programs are. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface RunningPart extends ProcessGroup {
  /** Rejects when it ends, with what it said last. */
  died: Promise<never>;
}

/**
 * Starts a part as `npm start` does, but without bringing it back: a bench whose worker died says nothing.
 * @throws Error with what it said last, when it ends before it is ready
 */
export async function startPart(
  { folder, atEnd }: Pick<BenchRun, 'folder' | 'atEnd'>,
  part: Part,
  onLine: (line: string) => void = () => {},
): Promise<RunningPart> {
  const over = new AbortController();
  let isReady = () => {};
  const ready = new Promise<void>((done) => (isReady = done));
  const log = join(folder, `${part.name.toLowerCase().replaceAll(' ', '-')}.log`);
  const group = startProcessGroup(part, log, (line) => {
    onLine(line);
    if (part.ready.test(line)) isReady();
  });
  const died = group.ended.then(({ how, lastLines }) => {
    over.abort();
    throw new Error(`${part.name} ended (${how}):\n${lastLines.join('\n')}`);
  });
  died.catch(() => undefined); // at the end all of them do
  atEnd(() => group.stop());
  try {
    await Promise.race([ready.then(() => untilItAnswers(part, over.signal)), died]);
  } catch (error) {
    await group.stop();
    throw error;
  }
  return { ...group, died };
}

/**
 * Starts parts side by side, all or none.
 * @throws Error as `startPart`, when none of them runs any more
 */
export async function startParts(run: Pick<BenchRun, 'folder' | 'atEnd'>, parts: Part[]): Promise<void> {
  const started = await Promise.allSettled(parts.map((part) => startPart(run, part)));
  const failed = started.find((one) => one.status === 'rejected');
  if (!failed) return;
  await Promise.all(started.flatMap((one) => (one.status === 'fulfilled' ? [one.value.stop()] : [])));
  throw failed.reason;
}

/** One that may be killed in the middle of whatever it does. */
export interface MortalPart extends RunningPart {
  /** SIGKILL, to it and all it started; resolves when it is ready again. */
  killAndStartAgain(): Promise<void>;
}

/** As `startPart`; `died` rejects only when nobody killed it. */
export async function startMortalPart(
  run: Pick<BenchRun, 'folder' | 'atEnd'>,
  part: Part,
): Promise<MortalPart> {
  const killed = new Set<RunningPart>();
  let current = await startPart(run, part);
  let die: (error: unknown) => void = () => {};
  const died = new Promise<never>((_, reject) => (die = reject));
  died.catch(() => undefined);
  const watch = (one: RunningPart) => one.died.catch((error: unknown) => killed.has(one) || die(error));
  void watch(current);
  return {
    get pid() {
      return current.pid;
    },
    get ended() {
      return current.ended;
    },
    stop: (patienceMs) => current.stop(patienceMs),
    died,
    async killAndStartAgain() {
      killed.add(current);
      await endGroup(current.pid);
      await current.ended;
      current = await startPart(run, part);
      void watch(current);
    },
  };
}

/** The most memory a process ever had, in MB (Linux: VmHWM), or null where the system does not say. */
export function peakRssMB({ pid }: Pick<ProcessGroup, 'pid'>): number | null {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024);
  } catch {
    return null;
  }
}

/** How long the processor worked for a process so far (Linux: utime and stime in hundredths), or null. */
export function cpuMs({ pid }: Pick<ProcessGroup, 'pid'>): number | null {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(afterName[11]) + Number(afterName[12])) * 10;
  } catch {
    return null;
  }
}

/** How much a process has written to disk so far (Linux: write_bytes), or null. */
export function bytesWritten({ pid }: Pick<ProcessGroup, 'pid'>): number | null {
  try {
    return Number(/^write_bytes: (\d+)$/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1] ?? NaN);
  } catch {
    return null;
  }
}
