import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDesk } from './administrator.ts';
import { fillBooks } from './bookkeeping.ts';
import { run } from './command.ts';
import type { TrytonInstallation } from './install.ts';
import * as office from './office.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { startTryton, type TrytonBooks } from './server.ts';

const database = 'kantoor';
const modules = ['account', 'account_invoice', 'analytic_account', 'analytic_invoice', 'bank', 'project'];

/** Counts up when the way the books are made changes; the data itself is part of the fingerprint. */
const edition = 3;

/** The file that says which books these are; it is written last. */
const fingerprint = 'fingerprint';

/**
 * The books of the demo office as they are in the beginning, under `<installation>/template`: made once, then kept,
 * and never served, so that whoever copies them gets them whole.
 * @throws Error with Tryton's words when a step fails; half-made books are never kept
 */
export async function ensureTemplate(
  installation: TrytonInstallation,
  say: (line: string) => void = () => undefined,
): Promise<TrytonBooks> {
  const directory = join(installation.directory, 'template');
  const wanted = createHash('sha256').update(JSON.stringify({ edition, modules, office })).digest('hex');
  const isThere = async () => (await fingerprintOf(directory)) === wanted;

  if (!(await isThere())) {
    await oneAtATime(join(installation.directory, 'template.lock'), async () => {
      if (await isThere()) return;
      say('Making the books of the demo office (once, about 25 seconds)');
      const draft = { directory: join(installation.directory, 'template.draft'), database };
      await rm(draft.directory, { recursive: true, force: true });
      await createDatabase(installation, draft);
      await fill(installation, draft);
      await writeFile(join(draft.directory, fingerprint), wanted);
      await rm(directory, { recursive: true, force: true });
      await rename(draft.directory, directory);
    });
  }
  return { directory, database };
}

/** Books to work with in `directory`: what is there is kept, unless the demo office has changed since. */
export async function ensureBooks(template: TrytonBooks, directory: string): Promise<TrytonBooks> {
  const books = { directory, database: template.database };
  if ((await fingerprintOf(directory)) === (await fingerprintOf(template.directory))) return books;
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  // The fingerprint last, so that half a copy is not taken for books.
  for (const file of [`${template.database}.sqlite`, fingerprint]) {
    await cp(join(template.directory, file), join(directory, file));
  }
  return books;
}

async function fingerprintOf(directory: string): Promise<string | null> {
  return readFile(join(directory, fingerprint), 'utf8').catch(() => null);
}

async function createDatabase({ trytondAdmin }: TrytonInstallation, books: TrytonBooks): Promise<void> {
  await mkdir(books.directory, { recursive: true });
  const config = join(books.directory, 'admin.conf');
  const passwordFile = join(books.directory, 'password');
  await writeFile(config, `[database]\nuri = sqlite://\npath = ${books.directory}\n`);
  await writeFile(passwordFile, `${office.administrator.password}\n`, { mode: 0o600 });
  // Tryton's SQLite database is a file that must be there, empty.
  await writeFile(join(books.directory, `${books.database}.sqlite`), '');
  const parameters = ['-c', config, '-d', books.database, '--email', 'beheer@kantoor.example', '-p', '--all'];
  await run(trytondAdmin, [...parameters, '-u', ...modules, '--activate-dependencies'], {
    TRYTONPASSFILE: passwordFile,
  });
  await rm(passwordFile);
  await rm(config);
}

async function fill(installation: TrytonInstallation, books: TrytonBooks): Promise<void> {
  const server = await startTryton({ installation, books, port: 0 });
  try {
    await fillBooks(await openDesk(server));
  } finally {
    await server.stop();
  }
  // Tryton keeps recent changes in a file beside the database; a copy of the database alone would miss them.
  const file = join(books.directory, `${books.database}.sqlite`);
  const checkpoint =
    'import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute("PRAGMA wal_checkpoint(TRUNCATE)")';
  await run(installation.python, ['-c', checkpoint, file]);
}
