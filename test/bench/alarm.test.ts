import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('everybody who is hit by a break is told on bad days, in time, once, and of nothing else', () => {
  const command = ['--import', 'tsx', 'bench/main.ts', 'alarm', '--incidents', '6', '--seed', '1'];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
  const said = stderr.split('\n').filter((line) => /^(late|falseAlarms|doubled|silent): /.test(line));
  expect(said).toEqual([]);
  expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}')).toMatchObject({
    ...{ incidents: 6, reachedWithin60s: 6, falseAlarms: 0, doubled: 0, silent: 0 },
  });
  expect(status).toBe(0);
}, 600_000);
