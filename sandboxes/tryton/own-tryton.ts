import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDesk, type TrytonDesk } from './administrator.ts';
import { createTrytonControl, type TrytonControl } from './control.ts';
import { ensureTryton, type TrytonInstallation } from './install.ts';
import { ensureBooks, ensureTemplate } from './seed.ts';
import { startTryton, type RunningTryton, type TrytonBooks } from './server.ts';

export interface OwnTryton extends RunningTryton {
  installation: TrytonInstallation;
  books: TrytonBooks;
  control: TrytonControl;
  desk: TrytonDesk;
}

/** The first time, Tryton is installed and its books are made. */
export const firstTimeMs = 240_000;

/** A Tryton with books of its own: the installation is shared, the database is a copy. */
export async function startOwnTryton(options: { maxAttempts?: number } = {}): Promise<OwnTryton> {
  const installation = await ensureTryton({ directory: join(process.cwd(), '.local', 'tryton') });
  const directory = await mkdtemp(join(tmpdir(), 'tryton-books-'));
  const books = await ensureBooks(await ensureTemplate(installation), directory);
  const server = await startTryton({ installation, books, port: 0, ...options });
  return {
    ...server,
    installation,
    books,
    control: createTrytonControl(server),
    desk: await openDesk(server),
    async stop() {
      await server.stop();
      await rm(directory, { recursive: true });
    },
  };
}
