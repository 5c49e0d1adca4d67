import { chmod, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a file that nobody but its owner reads, and the folders that are missing; one that is there already is closed to
 * others. SQLite gives the files beside it (-wal, -shm) the same mode (sqlite.org/src, `findCreateFileMode`).
 */
export async function ownFile(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await (await open(file, 'a', 0o600)).close();
  for (const path of [file, `${file}-wal`, `${file}-shm`]) await chmod(path, 0o600).catch(ignoreNotOurs);
}

/** It is not there, or belongs to somebody who lets us use it. */
function ignoreNotOurs(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT' && error.code !== 'EPERM') throw error;
}
