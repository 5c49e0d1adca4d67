import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import getPort from 'get-port';
import { waitForTemporal } from '../server.ts';

const bin = fileURLToPath(new URL('../bin.js', import.meta.url));
let directory: string;
let program: ChildProcess | undefined;
beforeEach(async () => void (directory = await mkdtemp(join(tmpdir(), 'temporal-program-'))));
afterEach(async () => {
  program?.kill('SIGTERM');
  await rm(directory, { recursive: true, force: true });
});

/** Another program may take a port that was free a moment ago; then others are tried. */
async function launch(attempts = 5): Promise<string> {
  const [port, uiPort] = [await getPort(), await getPort()];
  const ports = ['--port', String(port), '--ui-port', String(uiPort)];
  const args = [bin, ...ports, '--directory', directory, '--search-attribute', 'Colour'];
  program = spawn(process.execPath, args, { cwd: directory, stdio: ['ignore', 'pipe', 'ignore'] });
  const lines = createInterface({ input: program.stdout! });
  const line = await Promise.race([
    once(lines, 'line').then(([said]) => said as string),
    once(program, 'exit').then(() => null),
  ]);
  if (line === null && attempts > 1) return launch(attempts - 1);
  expect(line).toBe(`Temporal on localhost:${port}, UI on http://localhost:${uiPort}`);
  return `localhost:${port}`;
}

test('The program is a Temporal, says where, and takes it along when it ends', async () => {
  const address = await launch();
  await waitForTemporal(address);

  const ended = once(program!, 'exit');
  program!.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  await expect(waitForTemporal(address, 'default', 0)).rejects.toThrow('does not answer');
});
