import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('.', import.meta.url));
const script = join(root, 'scripts', 'bundle-workflows.ts');

/**
 * Where the image keeps the workflows as one file of JavaScript. Its name says from what it was made, so that one of other
 * sources is never taken.
 */
export function builtBundle(): string {
  const hash = createHash('sha256');
  for (const folder of ['workflows', 'domain'])
    for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).toSorted())
      if (file.endsWith('.ts')) hash.update(file).update(readFileSync(join(root, folder, file)));
  hash.update(readFileSync(join(root, 'package-lock.json')));
  return join(root, '.built', `workflows-${hash.digest('hex').slice(0, 16)}.js`);
}

/**
 * The workflows for a worker: those that were bundled before, in the image or here, else bundled now, in a process of its
 * own, which gives back the hundred megabytes that takes. A worker that is started again is there some seconds earlier.
 */
export async function workflowBundle(): Promise<{ codePath: string } | { code: string }> {
  const codePath = builtBundle();
  if (existsSync(codePath)) return { codePath };
  const folder = await mkdtemp(join(tmpdir(), 'syncuser-workflows-'));
  try {
    const file = join(folder, 'workflows.js');
    await promisify(execFile)(process.execPath, ['--import', 'tsx', script, file]);
    const code = await readFile(file, 'utf8');
    await keep(codePath, code).catch(() => undefined); // as where nothing may be written: then it is bundled each time
    return { code };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** In the place of what was bundled from other sources, and never half. */
async function keep(codePath: string, code: string): Promise<void> {
  const folder = dirname(codePath);
  await mkdir(folder, { recursive: true });
  const former = (await readdir(folder)).filter((file) => /^workflows-[0-9a-f]{16}\.js$/.test(file));
  const written = join(folder, `${process.pid}-${randomUUID()}.tmp`);
  await writeFile(written, code);
  await rename(written, codePath);
  await Promise.all(former.map((file) => rm(join(folder, file), { force: true })));
}
