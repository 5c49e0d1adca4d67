import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import { endGroup, signalGroup } from './process-group.ts';

/** What a running start leaves about itself in its data directory. */
interface Running {
  pid: number;
  /** Process groups of its parts. */
  groups: { name: string; pid: number }[];
}

export interface Claim {
  note(groups: Running['groups']): void;
  release(): void;
}

/**
 * Claims a data directory for this process. What a killed start left running is ended first.
 * @returns the process id of the other start when one is running there already
 */
export async function claimDirectory(
  directory: string,
  say: (sentence: string) => void,
): Promise<Claim | number> {
  const file = join(directory, 'running.json');
  const earlier = readJsonFile<Running>(file);
  if (earlier && isThisBoot(file)) {
    if (earlier.pid !== process.pid && isStart(earlier.pid)) return earlier.pid;
    for (const { name, pid } of earlier.groups) {
      if (!isLeftOver(pid)) continue;
      say(`ending ${name} (process ${pid}), left over from a start that was killed`);
      await endGroup(pid);
    }
  }
  rmSync(file, { force: true });
  try {
    writeFileSync(file, JSON.stringify({ pid: process.pid, groups: [] } satisfies Running), { flag: 'wx' });
  } catch {
    return readJsonFile<Running>(file)?.pid ?? 0; // another start was quicker by a moment
  }
  return {
    note: (groups) => writeJsonFile(file, { pid: process.pid, groups } satisfies Running),
    release: () => rmSync(file, { force: true }),
  };
}

/** Process ids begin anew when the machine does. */
function isThisBoot(file: string): boolean {
  return statSync(file).mtimeMs > Date.now() - uptime() * 1000;
}

function isStart(pid: number): boolean {
  return commandOf(pid).includes('start.ts');
}

/** A group is ours when its first process is gone (then its id cannot belong to another) or is one of our programs. */
function isLeftOver(group: number): boolean {
  if (!signalGroup(group, 0)) return false;
  const command = commandOf(group);
  return command === '' || /start-dev|sandboxes\/|worker\.ts|server\.ts/.test(command);
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    try {
      return execFileSync('ps', ['-o', 'command=', '-p', `${pid}`], {
        stdio: ['ignore', 'pipe', 'ignore'],
      }).toString();
    } catch {
      return '';
    }
  }
}
