import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { oneAtATime } from '../one-at-a-time.ts';

let directory: string;
beforeEach(async () => void (directory = await mkdtemp(join(tmpdir(), 'one-at-a-time-'))));
afterEach(() => rm(directory, { recursive: true }));

describe('One at a time', () => {
  test('the second waits until the first is done, also when that failed', async () => {
    const events: string[] = [];
    const work = (name: string) => async () => {
      events.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 30));
      events.push(`${name} ends`);
      if (name === 'first') throw new Error('the first failed');
    };
    const lock = join(directory, 'lock');

    const outcomes = await Promise.allSettled([
      oneAtATime(lock, work('first')),
      oneAtATime(lock, work('second')),
    ]);

    expect(events).toHaveLength(4);
    expect(events[1]).toBe(events[0]?.replace('begins', 'ends'));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });

  test('the lock of a process that died is taken over', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const lock = join(directory, 'lock');
    await writeFile(lock, String(pid));

    expect(await oneAtATime(lock, async () => 'done')).toBe('done');
  });
});
