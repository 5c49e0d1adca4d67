import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const lists = [file('requirements-build.txt'), file('requirements.txt')];

/**
 * Installs the clients once, in the versions and with the hashes of the two lists, and gives the Python that has them.
 * @throws Error in words when Python is missing or the packages cannot be had
 */
export async function ensureClients(directory: string): Promise<string> {
  const texts = await Promise.all(lists.map((list) => readFile(list)));
  const fingerprint = createHash('sha256').update(Buffer.concat(texts)).digest('hex').slice(0, 16);
  const environment = join(directory, fingerprint);
  const isThere = () =>
    access(environment).then(
      () => true,
      () => false,
    );
  if (!(await isThere())) {
    await mkdir(directory, { recursive: true });
    const draft = await mkdtemp(join(directory, 'draft-'));
    try {
      await install(draft);
      // Whole or not at all; when somebody else was quicker, theirs is as good.
      await rename(draft, environment).catch(async (error: unknown) => {
        if (!(await isThere())) throw error;
      });
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }
  return pythonIn(environment);
}

const pythonIn = (environment: string) => join(environment, 'bin', 'python');

async function install(environment: string): Promise<void> {
  await run('python3', ['-m', 'venv', '--clear', environment]).catch((cause: unknown) => {
    throw new Error('The clients need Python 3.10 or newer: apt-get install python3 python3-venv.', {
      cause,
    });
  });
  // exactonline is only there as source: it is built with what the first list holds, not with what pip would fetch.
  const exactly = ['--no-deps', '--require-hashes', '--no-build-isolation'];
  const quietly = ['--quiet', '--no-input', '--disable-pip-version-check'];
  for (const list of lists)
    await run(pythonIn(environment), ['-m', 'pip', 'install', ...quietly, ...exactly, '-r', list]);
}
