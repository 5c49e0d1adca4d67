import { slipsIn } from './domain/offices/office-file.ts';
import { officeSchema, type Office } from './domain/offices/office.ts';
import { isGuessable, Secret } from './secret.ts';
import { inWords } from './settings.ts';

// The files that settings name, and what is wrong with them in words.

/** Thrown when settings are missing, half set or wrong; the message lists all of them. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration is not right:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

export interface SecretKey {
  id: string;
  /** 32 bytes, for AES-256-GCM. */
  key: Secret<Buffer>;
}

/**
 * The office as its file says; undefined when no file is named.
 * @throws ConfigError
 */
export function readOffice(path: string | undefined, readFile: (path: string) => string): Office | undefined {
  if (!path) return undefined; // missingSettings says so
  const json = readJson('OFFICE_FILE', path, readFile);
  const office = officeSchema.safeParse(json);
  if (!office.success) throw new ConfigError(inWords(office.error, `OFFICE_FILE ${path}: `));
  const slips = slipsIn(json, office.data);
  if (slips.length > 0) throw new ConfigError(slips.map((slip) => `OFFICE_FILE ${path}: ${slip}`));
  return office.data;
}

function readJson(name: string, path: string, readFile: (path: string) => string): unknown {
  const text = readNamedFile(name, path, readFile);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ConfigError([`${name} ${path} is not JSON: ${(error as Error).message}`]);
  }
}

/**
 * Keys as `id:base64`, comma or line separated. Problems name the key's position, never its text.
 * @throws ConfigError
 */
export function readKeys(
  ring: string | undefined,
  path: string | undefined,
  readFile: (path: string) => string,
): SecretKey[] {
  if (ring && path)
    throw new ConfigError(['SECRET_KEYS and SECRET_KEY_FILE are both set: only one can hold']);
  if (!ring && !path) {
    throw new ConfigError([
      'SECRET_KEYS and SECRET_KEY_FILE are not set: grants are stored sealed with one of them',
    ]);
  }
  const name = ring ? 'SECRET_KEYS' : 'SECRET_KEY_FILE';
  const text = ring ?? readNamedFile(name, path ?? '', readFile);
  const keys = text
    .split(/[,\s]+/)
    .filter(Boolean)
    .map((entry, index) => readKey(name, entry, index + 1));
  if (keys.length === 0) throw new ConfigError([`${name} holds no key`]);
  if (new Set(keys.map(({ id }) => id)).size < keys.length)
    throw new ConfigError([`${name} has two keys with the same id`]);
  return keys;
}

function readKey(name: string, entry: string, position: number): SecretKey {
  const [, id, base64] = /^([A-Za-z0-9_-]+):([A-Za-z0-9+/]+={0,2})$/.exec(entry) ?? [];
  const key = Buffer.from(base64 ?? '', 'base64');
  if (!id || key.length !== 32) {
    throw new ConfigError([
      `${name}: key ${position} must be "id:" and 32 bytes in base64 (openssl rand -base64 32)`,
    ]);
  }
  if (isGuessable(key))
    throw new ConfigError([`${name}: key ${position} must be random bytes (openssl rand -base64 32)`]);
  return { id, key: new Secret(key) };
}

/** @throws ConfigError, which names the setting and the file */
export function readNamedFile(name: string, path: string, readFile: (path: string) => string): string {
  try {
    return readFile(path);
  } catch (error) {
    throw new ConfigError([
      `${name} ${path} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}`,
    ]);
  }
}
