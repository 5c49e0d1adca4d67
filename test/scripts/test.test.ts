import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const script = fileURLToPath(new URL('../../scripts/test.mjs', import.meta.url));
let project: string;
beforeEach(() => void (project = mkdtempSync(join(tmpdir(), 'syncuser-tests-'))));
afterEach(() => rmSync(project, { recursive: true }));

/** Runs these files as a test suite of their own. */
function testing(files: Record<string, string>) {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(project, name), content);
  const config = JSON.stringify({ rootDir: project, testMatch: ['**/*.check.js'], transform: {} });
  const { status, stdout } = spawnSync(process.execPath, [script, '--config', config], { encoding: 'utf8' });
  return { status, lastLine: stdout.trimEnd().split('\n').at(-1) };
}

const passes = `test('a', () => {}); test('b', () => {});`;

describe('The last line of npm test', () => {
  test('counts what passed', () => {
    expect(testing({ 'one.check.js': passes })).toEqual({ status: 0, lastLine: '2 passed, 0 failed' });
  });

  test('counts what failed, and the command fails', () => {
    const fails = `test('c', () => { throw new Error('no'); });`;
    expect(testing({ 'one.check.js': passes, 'two.check.js': fails })).toEqual({
      status: 1,
      lastLine: '2 passed, 1 failed',
    });
  });

  test('counts a file that cannot run as a failure', () => {
    expect(testing({ 'one.check.js': passes, 'two.check.js': 'const =' })).toEqual({
      status: 1,
      lastLine: '2 passed, 1 failed',
    });
  });

  test('is a failure when jest itself does not come about', () => {
    expect(testing({})).toEqual({ status: 1, lastLine: '0 passed, 0 failed' });
  });
});
