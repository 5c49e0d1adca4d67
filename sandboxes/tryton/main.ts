import { parseArgs } from 'node:util';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { createTrytonControl } from './control.ts';
import { startTrytonControl } from './control-server.ts';
import { ensureTryton } from './install.ts';
import { ensureBooks, ensureTemplate } from './seed.ts';
import { startTryton } from './server.ts';

/** `npx @syncuser/tryton-sandbox --port N --directory D [--books B] [--control-port M]`; see README.md. */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8000' },
    directory: { type: 'string', default: '.local/tryton' },
    books: { type: 'string' },
    'control-port': { type: 'string' },
  },
});
const port = z.coerce.number().int().min(0).max(65_535);
const options = z
  .object({ port, directory: z.string(), books: z.string().optional(), 'control-port': port.optional() })
  .parse(values);
// Progress goes to stderr: the one line on stdout is for whoever started this.
const say = (line: string) => console.error(line);

try {
  const installation = await ensureTryton({ directory: resolve(options.directory), say });
  const template = await ensureTemplate(installation, say);
  const books = await ensureBooks(template, resolve(options.books ?? join(options.directory, 'books')));
  const server = await startTryton({ installation, books, port: options.port });
  const control = await startControl(server, options['control-port']);
  console.log(`Tryton on ${server.url}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(
      signal,
      () => void Promise.all([control?.stop(), server.stop()]).then(() => process.exit(0)),
    );
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function startControl(server: { url: string; database: string }, controlPort: number | undefined) {
  if (controlPort === undefined) return null;
  const control = await startTrytonControl({ control: createTrytonControl(server), port: controlPort });
  say(`Switches on ${control.url}/control/state`);
  return control;
}
