import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSlackControl } from '../local/control.ts';

const bin = fileURLToPath(new URL('../bin.js', import.meta.url));
let folder: string;
let program: ChildProcess | undefined;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'slack-program-'))));
afterEach(async () => {
  program?.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

async function launch(workspace: unknown) {
  const file = join(folder, 'mine.json');
  await writeFile(file, JSON.stringify(workspace));
  const args = ['--port', '0', '--api-port', '0', '--directory', join(folder, 'data'), '--workspace', file];
  // From anywhere: what it needs is found from where it lies.
  return (program = spawn(process.execPath, [bin, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  }));
}

const mine = {
  name: 'Somebody else',
  people: [{ id: 'U0ANNA', name: 'anna', realName: 'Anna Visser' }],
  channels: [{ id: 'C0GENERAL', name: 'general' }],
};

describe('The program', () => {
  test('is the workspace of a file, says where, and ends when it is asked to', async () => {
    const { stdout } = (program = await launch(mine));
    const [line] = (await once(createInterface({ input: stdout }), 'line')) as [string];
    const [, url] = /^Slack on (\S+), API on http:\S+\/api\/$/.exec(line) ?? [];
    expect(await createSlackControl(url!).channels()).toEqual(
      expect.arrayContaining(['C0GENERAL', 'D0ANNA']),
    );

    const ended = once(program, 'exit');
    program.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  test('says what is wrong with a workspace', async () => {
    const { stderr } = (program = await launch({ ...mine, people: [{ id: 'anna', name: 'anna' }] }));
    const [said, [code]] = await Promise.all([
      text(stderr),
      once(program, 'exit') as Promise<[number | null]>,
    ]);
    expect(code).toBe(1);
    expect(said).toMatch(/mine\.json describes no workspace: [^]*people\[0\]\.id/);
  });
});
