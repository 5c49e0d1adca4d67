import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes the key that seals grants, at the first local start; only its owner can read the file. Never replaces one. */
export function ensureKeyFile(file: string): void {
  ensureFile(file, `local:${randomBytes(32).toString('base64')}\n`);
}

/** The token of the API, made at the first local start; only its owner can read the file. */
export function ensureApiToken(file: string): string {
  ensureFile(file, `${randomBytes(32).toString('hex')}\n`);
  return readFileSync(file, 'utf8').trim();
}

function ensureFile(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, content, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
