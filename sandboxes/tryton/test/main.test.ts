import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import getPort from 'get-port';
import { firstTimeMs } from '../own-tryton.ts';

const bin = fileURLToPath(new URL('../bin.js', import.meta.url));
let books: string;
let launched: ChildProcess | undefined;
beforeEach(async () => void (books = await mkdtemp(join(tmpdir(), 'tryton-books-'))));
afterEach(async () => {
  launched?.kill('SIGKILL');
  await rm(books, { recursive: true });
});

function launch(port: number, controlPort: number): ChildProcess {
  const directory = join(process.cwd(), '.local', 'tryton');
  const ports = ['--port', String(port), '--control-port', String(controlPort)];
  const folders = ['--directory', directory, '--books', books];
  return spawn(process.execPath, [bin, ...ports, ...folders], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

describe('The program', () => {
  test(
    'prints where Tryton is, and takes it along when it ends',
    async () => {
      const [port, controlPort] = [await getPort(), await getPort()];
      launched = launch(port, controlPort);
      const [line] = (await once(createInterface({ input: launched.stdout! }), 'line')) as [string];

      expect(line).toBe(`Tryton on http://127.0.0.1:${port}`);
      expect((await fetch(`http://127.0.0.1:${controlPort}/control/state`)).status).toBe(200);

      const ended = once(launched, 'exit');
      launched.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
      await expect(fetch(`http://127.0.0.1:${port}/rpc/`)).rejects.toThrow('fetch failed');
    },
    firstTimeMs,
  );
});
