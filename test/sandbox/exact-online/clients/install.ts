import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../../../sandbox/tryton/command.ts';
import { oneAtATime } from '../../../../sandbox/tryton/one-at-a-time.ts';

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const lists = [file('requirements-build.txt'), file('requirements.txt')];

/**
 * Installs the clients once, in the versions and with the hashes of the two lists, and gives the Python that has them.
 * @throws Error in words when Python is missing or the packages cannot be had
 */
export async function ensureClients(directory: string): Promise<string> {
  const environment = join(directory, 'venv');
  const python = join(environment, 'bin', 'python');
  const marker = join(environment, 'installed');
  const texts = await Promise.all(lists.map((list) => readFile(list)));
  const wanted = createHash('sha256').update(Buffer.concat(texts)).digest('hex');
  const isThere = async () => (await readFile(marker, 'utf8').catch(() => '')) === wanted;
  if (await isThere()) return python;
  await mkdir(directory, { recursive: true });
  await oneAtATime(join(directory, 'install.lock'), async () => {
    if (await isThere()) return;
    await run('python3', ['-m', 'venv', '--clear', environment]).catch((cause: unknown) => {
      throw new Error('The clients need Python 3.10 or newer: apt-get install python3 python3-venv.', {
        cause,
      });
    });
    // exactonline is only there as source: it is built with what the first list holds, not with what pip would fetch.
    const exactly = ['--no-deps', '--require-hashes', '--no-build-isolation'];
    const quietly = ['--quiet', '--no-input', '--disable-pip-version-check'];
    for (const list of lists) await run(python, ['-m', 'pip', 'install', ...quietly, ...exactly, '-r', list]);
    await writeFile(marker, wanted);
  });
  return python;
}
