import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './command.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** A Tryton that can be started. */
export interface TrytonInstallation {
  /** The folder that everything of Tryton lives under. */
  directory: string;
  python: string;
  /** The server. */
  trytond: string;
  /** Makes and updates databases. */
  trytondAdmin: string;
}

export interface InstallOptions {
  directory: string;
  /** @default 'python3' */
  python?: string;
  say?: (line: string) => void;
}

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));

/**
 * Installs Tryton into `<directory>/venv`, in the versions of requirements.txt and checked against its hashes.
 * What is there already is kept.
 * @throws Error in words for people when Python is missing or too old, or when the packages cannot be had
 */
export async function ensureTryton(options: InstallOptions): Promise<TrytonInstallation> {
  const { directory, python = 'python3', say = () => undefined } = options;
  const environment = join(directory, 'venv');
  const program = (name: string) => join(environment, 'bin', name);
  const marker = join(environment, 'installed');
  const wanted = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex');
  const isThere = async () => (await readFile(marker, 'utf8').catch(() => '')) === wanted;

  if (!(await isThere())) {
    await mkdir(directory, { recursive: true });
    await oneAtATime(join(directory, 'install.lock'), async () => {
      if (await isThere()) return;
      await checkPython(python);
      say('Installing Tryton 8.0 (once, about 10 seconds)');
      await makeEnvironment(python, environment);
      await installPackages(program('python'));
      await writeFile(marker, wanted);
    });
  }
  return {
    directory,
    python: program('python'),
    trytond: program('trytond'),
    trytondAdmin: program('trytond-admin'),
  };
}

async function checkPython(python: string): Promise<void> {
  const answer = await run(python, ['-c', 'import sys; print(*sys.version_info[:2])']).catch(
    (cause: unknown) => {
      throw new Error(
        `"${python}" cannot be run. Tryton needs Python 3.10 or newer, e.g. apt-get install python3 python3-venv.`,
        { cause },
      );
    },
  );
  const [major = 0, minor = 0] = answer.trim().split(' ').map(Number);
  if (major === 3 && minor >= 10) return;
  throw new Error(`Tryton needs Python 3.10 or newer; "${python}" is ${major}.${minor}.`);
}

async function makeEnvironment(python: string, environment: string): Promise<void> {
  await run(python, ['-m', 'venv', '--clear', environment]).catch((cause: unknown) => {
    throw new Error(
      `"${python} -m venv" failed. On Debian and Ubuntu it is a package of its own: apt-get install python3-venv.`,
      { cause },
    );
  });
}

async function installPackages(python: string): Promise<void> {
  const quietly = ['--quiet', '--no-input', '--disable-pip-version-check'];
  await run(python, ['-m', 'pip', 'install', ...quietly, '--require-hashes', '-r', requirements]).catch(
    (cause: unknown) => {
      const words = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`pip could not install Tryton; is the package index reachable? ${words}`, { cause });
    },
  );
}
