import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ensureKeyFile } from '../../start/keys.ts';
import { claimDirectory } from '../../start/running.ts';

let directory: string;
const children: ChildProcess[] = [];
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'syncuser-running-'))));
afterEach(() => {
  children.splice(0).forEach((child) => child.kill('SIGKILL'));
  rmSync(directory, { recursive: true });
});

/** A process whose command line ends with this word. */
async function processCalled(word: string): Promise<ChildProcess> {
  const code = `console.log('up'); setInterval(() => {}, 1000)`;
  const child = spawn(process.execPath, ['-e', code, word], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.push(child);
  if (child.stdout) await once(child.stdout, 'data');
  return child;
}

function leave(note: { pid: number | undefined; groups: { name: string; pid: number | undefined }[] }): void {
  writeFileSync(join(directory, 'running.json'), JSON.stringify(note));
}

describe('A data directory', () => {
  test('belongs to one start, until that one lets go', async () => {
    const claim = await claimDirectory(directory, () => undefined);
    expect(typeof claim).toBe('object');
    if (typeof claim !== 'object') return;
    claim.note([{ name: 'worker', pid: 4711 }]);
    const file = join(directory, 'running.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      pid: process.pid,
      groups: [{ name: 'worker', pid: 4711 }],
    });
    claim.release();
    expect(existsSync(file)).toBe(false);
  });

  test('is refused while another start runs there', async () => {
    const other = await processCalled('start.ts');
    leave({ pid: other.pid, groups: [] });
    expect(await claimDirectory(directory, () => undefined)).toBe(other.pid);
  });

  test('is cleared of what a killed start left running, which is named', async () => {
    const left = await processCalled('sandboxes/slack/main.ts');
    const gone = once(left, 'exit');
    leave({ pid: 999_999_999, groups: [{ name: 'Slack', pid: left.pid }] });
    const said: string[] = [];
    expect(typeof (await claimDirectory(directory, (sentence) => said.push(sentence)))).toBe('object');
    expect((await gone)[1]).toBe('SIGKILL');
    expect(said).toEqual([`ending Slack (process ${left.pid}), left over from a start that was killed`]);
  });

  test('does not end a stranger who got the number of a process of ours', async () => {
    const stranger = await processCalled('spreadsheet');
    leave({ pid: 999_999_999, groups: [{ name: 'worker', pid: stranger.pid }] });
    await claimDirectory(directory, () => undefined);
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    expect(process.kill(stranger.pid ?? 0, 0)).toBe(true);
  });
});

test('The key of a first start is readable by its owner only, and never replaced', () => {
  const file = join(directory, 'deep', 'secret-keys');
  ensureKeyFile(file);
  const key = readFileSync(file, 'utf8');
  expect(key).toMatch(/^local:[A-Za-z0-9+/]{43}=\n$/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  ensureKeyFile(file);
  expect(readFileSync(file, 'utf8')).toBe(key);
});
