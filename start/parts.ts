import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporalCommand, temporalSays, waitForTemporal } from '@syncuser/temporal-sandbox';
import type { Environment } from '../config.ts';
import { searchAttributeNames } from '../workflows/search-attributes.ts';
import type { LocalParts, Ports } from './environment.ts';
import type { Part } from './processes.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

export interface PartsOptions {
  local: LocalParts;
  ports: Ports;
  /** Data directory of this start. */
  data: string;
  env: Environment;
  say: (sentence: string) => void;
}

/** The program of a package, which is to be run as a process of its own. */
export function programOf(sandbox: string): string {
  return createRequire(import.meta.url).resolve(`${sandbox}/main.ts`);
}

/** What the application stands on; these start side by side. */
export async function sandboxParts({ local, ports, data, env, say }: PartsOptions): Promise<Part[]> {
  const parts: Part[] = [];
  const add = (name: string, file: string, args: string[], ready: RegExp, listensOn: (keyof Ports)[]) =>
    parts.push({
      ...typescriptPart(name, file, args, ready, env),
      ports: listensOn.map((port) => ports[port]),
    });
  if (local.temporal) parts.push(await temporalPart(ports, data, say));
  if (local.slack) {
    const args = [
      '--port',
      `${ports.slack}`,
      '--api-port',
      `${ports.slackApi}`,
      '--directory',
      join(data, 'slack'),
    ];
    add('Slack', programOf('@syncuser/slack-sandbox'), args, /^Slack on /, ['slack', 'slackApi']);
  }
  if (local.exactOnline) {
    const args = ['--port', `${ports.accounting}`, '--state', join(data, 'exact-online.json')];
    add('Exact Online', programOf('@syncuser/exact-online-sandbox'), args, /^Exact Online sandbox on /, [
      'accounting',
    ]);
  }
  if (local.tryton) {
    const args = [
      '--port',
      `${ports.tryton}`,
      '--control-port',
      `${ports.trytonControl}`,
      // Installed once for the whole checkout, as the Temporal programs are; only the books belong to this start.
      '--directory',
      join(root, '.local', 'tryton'),
      '--books',
      join(data, 'tryton', 'books'),
    ];
    add('Tryton', programOf('@syncuser/tryton-sandbox'), args, /^Tryton on /, ['tryton', 'trytonControl']);
  }
  return parts;
}

/**
 * How a worker is started everywhere (docs/performance.md): it needs a hundred megabytes of heap, and V8 would let garbage
 * grow to several hundred before it looks; and threads of glibc would each keep freed memory of their own.
 */
const earlyCollection = '--max-old-space-size=320';
const frugal = { MALLOC_ARENA_MAX: '2' };

/** The application itself: the same two programs that run in production. */
export function applicationParts(env: Environment): Part[] {
  const worker = typescriptPart('worker', 'worker.ts', [], /worker ready/, { ...env, ...frugal });
  return [
    { ...worker, args: [earlyCollection, ...worker.args] },
    {
      ...typescriptPart('server', 'server.ts', [], /server ready/, env),
      ports: [Number(env['WEB_PORT'])],
    },
  ];
}

/** Node itself, not the command tsx, so that one part is one process and signals reach it. */
function typescriptPart(name: string, file: string, args: string[], ready: RegExp, env: Environment): Part {
  return { name, command: process.execPath, args: ['--import', 'tsx', file, ...args], env, cwd: root, ready };
}

async function temporalPart(ports: Ports, data: string, say: (sentence: string) => void): Promise<Part> {
  const command = await temporalCommand({
    directory: join(data, 'temporal'),
    port: ports.temporal,
    uiPort: ports.temporalUi,
    searchAttributes: searchAttributeNames,
    say,
  });
  return {
    name: 'Temporal',
    ...command,
    ready: temporalSays,
    answers: (signal) => waitForTemporal(`localhost:${ports.temporal}`, 'default', 60_000, signal),
    ports: [ports.temporal, ports.temporalUi],
  };
}
