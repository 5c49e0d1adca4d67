import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const script = fileURLToPath(new URL('../../scripts/with-packages.mjs', import.meta.url));
let project: string;
let copy: string;
let lock: { lockfileVersion: number; packages: Record<string, object> };

/** A clone of a small project whose one package is a folder of its own, so that nothing is downloaded. */
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'syncuser-clone-'));
  copy = join(project, 'scripts', 'with-packages.mjs');
  cpSync(script, copy);
  mkdirSync(join(project, 'greeting'));
  write('greeting/package.json', { name: 'greeting', version: '1.0.0' });
  const root = { name: 'small', version: '1.0.0', dependencies: { greeting: 'file:greeting' } };
  write('package.json', root);
  const link = { resolved: 'greeting', link: true };
  lock = {
    lockfileVersion: 3,
    packages: { '': root, greeting: { version: '1.0.0' }, 'node_modules/greeting': link },
  };
  write('package-lock.json', lock);
});
afterEach(() => rmSync(project, { recursive: true }));

function write(file: string, content: unknown): void {
  writeFileSync(join(project, file), JSON.stringify(content));
}

/** What npm leaves when it has installed these packages. */
function pretendInstalled(packages: Record<string, object>): void {
  mkdirSync(join(project, 'node_modules'), { recursive: true });
  write('node_modules/.package-lock.json', { ...lock, packages });
}

function run(...command: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [copy, ...command], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('A command in a fresh clone', () => {
  test('first gets its packages, says so, and the second time does not', () => {
    const first = run('node', '-p', '6 * 7');
    expect(first).toMatchObject({ status: 0, stdout: '42\n' });
    expect(first.stderr).toContain('The packages are not there yet; installing');
    expect(run('node', '-p', '6 * 7')).toEqual({ status: 0, stdout: '42\n', stderr: '' });
  });

  test('gets them again when package-lock.json has moved on', () => {
    pretendInstalled({ ...lock.packages, greeting: { version: '0.9.0' } });
    expect(run('node', '-p', '42')).toMatchObject({
      status: 0,
      stdout: '42\n',
      stderr: expect.stringContaining('greeting is not of version 1.0.0; installing'),
    });
  });

  test('does without an optional package that is not for this machine', () => {
    const elsewhere = { version: '1.0.0', optional: true, os: ['plan9'] };
    write('package-lock.json', {
      ...lock,
      packages: { ...lock.packages, 'node_modules/elsewhere': elsewhere },
    });
    pretendInstalled(lock.packages);
    expect(run('node', '-p', '42')).toEqual({ status: 0, stdout: '42\n', stderr: '' });
  });

  test('is not run where only the packages for production are, which may be in use', () => {
    const more = {
      'node_modules/tool': { version: '1.0.0', dev: true },
      'node_modules/toy': { version: '1.0.0' },
    };
    write('package-lock.json', { ...lock, packages: { ...lock.packages, ...more } });
    pretendInstalled(lock.packages);
    const { status, stdout, stderr } = run('node', '-p', '42');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('a worker or server may be using them');
  });

  test('is not run when they cannot be had', () => {
    write('package-lock.json', { ...lock, packages: { 'node_modules/missing': { version: '1.0.0' } } });
    const { status, stdout, stderr } = run('node', '-p', '42');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('could not be installed');
  });
});

describe('The command', () => {
  beforeEach(() => pretendInstalled(lock.packages));

  test('gives its exit code', () => {
    expect(run('node', '-e', 'process.exit(7)').status).toBe(7);
  });

  test('that does not exist is named', () => {
    expect(run('no-such-command')).toMatchObject({
      status: 127,
      stderr: expect.stringContaining('no-such-command'),
    });
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('gets %s and may end in its own way', async (signal) => {
    const code = `process.on('${signal}', () => { console.log('ended well'); process.exit(5); }); console.log('up'); setInterval(() => {}, 1000)`;
    const child = spawn(process.execPath, [copy, process.execPath, '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await once(child.stdout, 'data');
    child.kill(signal);
    expect(await once(child, 'close')).toEqual([5, null]);
    expect(output).toBe('up\nended well\n');
  });
});
