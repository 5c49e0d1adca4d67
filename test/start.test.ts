import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('..', import.meta.url));
let data: string;
beforeEach(() => void (data = mkdtempSync(join(tmpdir(), 'syncuser-start-'))));
afterEach(() => rmSync(data, { recursive: true }));

function start(args: string[], settings: Record<string, string> = {}) {
  const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', 'start.ts', ...args], {
    cwd: root,
    env: { ...process.env, ...settings },
    encoding: 'utf8',
  });
  return { status, stdout };
}

describe('A start', () => {
  test('with half-set settings says what is missing and starts nothing', () => {
    const { status, stdout } = start(['--data', data, '--ports', 'free'], {
      EXACT_ONLINE_CLIENT_ID: 'id',
      SYNC_INTERVAL: 'often',
    });
    expect(status).toBe(1);
    expect(stdout).toContain('EXACT_ONLINE_CLIENT_ID is set but EXACT_ONLINE_CLIENT_SECRET is not');
    expect(stdout).toContain('SYNC_INTERVAL must be a duration');
    expect(stdout).toContain('.env.example');
    expect(existsSync(join(data, 'logs'))).toBe(false);
    expect(existsSync(join(data, 'running.json'))).toBe(false);
  });

  test('with an option it does not know shows which there are', () => {
    expect(start(['--help'])).toMatchObject({ status: 2, stdout: expect.stringContaining('--data DIR') });
    expect(start(['--colour', 'blue'])).toMatchObject({
      status: 2,
      stdout: expect.stringContaining('--tryton'),
    });
  });
});
