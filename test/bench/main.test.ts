import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
const names = readdirSync(new URL('../../bench/benches', import.meta.url)).map((file) =>
  basename(file, '.ts'),
);

/** Runs the command line of the benches as npm does. */
function bench(...args: string[]) {
  const command = ['--import', 'tsx', 'bench/main.ts', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('npm run bench', () => {
  test('lists every bench with its options when there is none of that name', () => {
    const { status, stdout, stderr } = bench('synch');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('There is no bench "synch".');
    for (const name of names) expect(stderr).toMatch(new RegExp(`^  ${name}: .+$`, 'm'));
    expect(stderr).toContain('    --rows  how many rows, about (1000000)');
  });

  test('says which options a bench has when one is wrong', () => {
    const { status, stdout, stderr } = bench('sync', '--rows', 'many');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('--rows must be a whole number.\n  sync: ');
  });
});
