import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSupervisor } from '../../start/processes.ts';
import type { Part } from '../../start/processes.ts';

let folder: string;
let said: string[];
let groups: { name: string; pid: number }[];
let supervisor: ReturnType<typeof createSupervisor>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'syncuser-launch-'));
  said = [];
  groups = [];
  supervisor = createSupervisor({
    logDirectory: folder,
    say: (sentence) => said.push(sentence),
    onGroups: (now) => (groups = now),
    pauseMs: 1,
  });
});

afterEach(async () => {
  await supervisor.stop();
  rmSync(folder, { recursive: true });
});

/** A part that runs this code; it is ready when it says "ready". */
function part(name: string, code: string): Part {
  return { name, command: process.execPath, args: ['-e', code], ready: /^ready/ };
}

const stays = `console.log('ready'); setInterval(() => {}, 1000);`;
const hasChild = `
  const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  require('node:fs').writeFileSync(process.argv[1], String(child.pid));
  ${stays}`;

function pidOf(name: string): number {
  return groups.find((group) => group.name === name)?.pid ?? 0;
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0) && !isZombie(pid);
  } catch {
    return false;
  }
}

/** A dead process that nobody waited for; in a container without init they stay listed. */
function isZombie(pid: number): boolean {
  const status = `/proc/${pid}/status`;
  return existsSync(status) && /^State:\s+Z/m.test(readFileSync(status, 'utf8'));
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(10);
}

async function startWithGrandchild(): Promise<number> {
  const note = join(folder, 'grandchild');
  const parent = part('parent', hasChild);
  await supervisor.start([{ ...parent, args: [...parent.args, note] }]);
  return Number(readFileSync(note, 'utf8'));
}

describe('A supervised part', () => {
  test('is restarted and named when it is killed', async () => {
    await supervisor.start([part('worker', stays)]);
    const first = pidOf('worker');
    process.kill(first, 'SIGKILL');
    await until(() => said.includes('worker is back'));
    expect(said[0]).toMatch(/^worker ended \(signal SIGKILL\); restarting/);
    expect(pidOf('worker')).not.toBe(first);
    expect(lives(pidOf('worker'))).toBe(true);
  });

  test('leaves no grandchild behind when it is killed', async () => {
    const grandchild = await startWithGrandchild();
    expect(lives(grandchild)).toBe(true);
    process.kill(pidOf('parent'), 'SIGKILL');
    await until(() => said.includes('parent is back'));
    expect(lives(grandchild)).toBe(false);
  });

  test('is given up when it never gets ready, with what it said last', async () => {
    const broken = part('server', `console.error('port is closed'); process.exit(3)`);
    await expect(supervisor.start([broken])).rejects.toThrow(
      /server ended \(code 3\); giving up[^]*port is closed/,
    );
    expect(said).toHaveLength(3);
    expect(readFileSync(join(folder, 'server.log'), 'utf8')).toContain('port is closed');
  });

  test('is given up in words when its program does not exist', async () => {
    const missing: Part = {
      name: 'temporal',
      command: join(folder, 'no-such-program'),
      args: [],
      ready: /x/,
    };
    await expect(supervisor.start([missing])).rejects.toThrow(/temporal ended .*ENOENT/);
  });
});

describe('Stopping', () => {
  test('ends every part and what the parts started, and restarts none', async () => {
    const grandchild = await startWithGrandchild();
    await supervisor.start([part('worker', stays)]);
    const pids = [...groups.map(({ pid }) => pid), grandchild];
    expect(pids.filter(lives)).toHaveLength(3);
    await supervisor.stop();
    expect(pids.filter(lives)).toEqual([]);
    expect(groups).toEqual([]);
    expect(said).toEqual([]);
  });

  test('ends a later wave first, each gracefully', async () => {
    const order = join(folder, 'order');
    const noting = (name: string) =>
      part(
        name,
        `process.on('SIGTERM', () => { require('node:fs').appendFileSync(${JSON.stringify(order)}, '${name} '); process.exit(0); }); ${stays}`,
      );
    await supervisor.start([noting('temporal')]);
    await supervisor.start([noting('worker')]);
    await supervisor.stop();
    expect(readFileSync(order, 'utf8')).toBe('worker temporal ');
  });

  test('while something is starting does not wait for it to get ready', async () => {
    const started = supervisor.start([part('slow', 'setInterval(() => {}, 1000)')]);
    const outcome = expect(started).rejects.toThrow('stopped before everything was ready');
    await until(() => pidOf('slow') > 0);
    const slow = pidOf('slow');
    await supervisor.stop();
    await outcome;
    expect(lives(slow)).toBe(false);
  });
});
