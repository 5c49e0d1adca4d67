import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Endpoints } from '../../start/endpoints.ts';
import { settingsSchema } from '../../settings.ts';
import type { DatabaseAddress } from '../../store/database/database.ts';
import type { MortalPostgres } from '../mortal-postgres.ts';
import { until } from '../until.ts';
import { postJson } from './post-json.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The parts by the names `npm start` gives them; Tryton only where it was asked for. */
export type PartName = 'Temporal' | 'Slack' | 'Exact Online' | 'Tryton' | 'worker' | 'server';

/** What may be killed. */
export type MortalName = PartName | 'PostgreSQL';

/** A copy of the whole product as `npm start` runs it, beside whatever else runs on this machine. */
export interface RunningSyncuser {
  endpoints: Endpoints;
  database: DatabaseAddress;
  /** Its data directory. */
  data: string;
  /** Process id of `start.ts` itself. */
  pid: number;
  /** Process id of a part that runs now. @throws Error when it does not */
  pidOf: (part: PartName) => number;
  /** Everything a person at the terminal has read so far. */
  said: () => string;
  /** What every part wrote into its log. */
  logOf: (part: PartName) => string;
  /** SIGKILL to one part; resolves when the supervisor, or whoever looks after PostgreSQL, has brought it back. */
  killAndAwaitReturn: (part: MortalName) => Promise<void>;
  /** Ends it as Ctrl-C does, and keeps the data. */
  stop: () => Promise<void>;
  /** Ends it and removes its data. */
  remove: () => Promise<void>;
}

export interface StartOptions {
  tryton?: boolean;
  /** The data of an earlier start; otherwise a new folder. */
  data?: string;
  /** What it keeps its data in; removed with it. A SQLite file otherwise. */
  postgres?: MortalPostgres | undefined;
  /** Settings as in `.env`, e.g. `{ SYNC_INTERVAL: '5s' }`. */
  settings?: Record<string, string>;
}

/** The first start with Tryton installs it. */
const startPatienceMs = 300_000;
const returnPatienceMs = 120_000;
/** A busy machine takes longer than the three seconds that Slack gives. */
const slackPatienceMs = 60_000;

/**
 * Starts a copy and waits until it is ready.
 * @throws Error with what it said, when it ends before that
 */
export async function startSyncuser(options: StartOptions = {}): Promise<RunningSyncuser> {
  const { postgres } = options;
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'syncuser-end-to-end-'));
  const args = ['--import', 'tsx', 'start.ts', '--data', data, '--ports', 'free'];
  const child = spawn(process.execPath, options.tryton ? [...args, '--tryton'] : args, {
    cwd: root,
    env: {
      ...process.env,
      ...noSettings,
      ...(postgres && { DATABASE_URL: postgres.url }),
      ...options.settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const output of [child.stdout, child.stderr]) output.on('data', (chunk) => (said += String(chunk)));
  const running = () => child.exitCode === null && child.signalCode === null;
  const ended = once(child, 'exit');

  const file = (name: string) => readFileSync(join(data, name), 'utf8');
  const partsNow = () =>
    (JSON.parse(file('running.json')) as { groups: { name: string; pid: number }[] }).groups;
  const pidOf = (part: PartName) => {
    const pid = partsNow().find(({ name }) => name === part)?.pid;
    if (pid === undefined) throw new Error(`${part} does not run:\n${said}`);
    return pid;
  };
  const stop = async () => {
    if (!running()) return;
    child.kill('SIGTERM');
    await ended;
  };

  await until(
    'everything to run',
    () => {
      if (!running()) throw new Error(`npm start ended before everything ran:\n${said}`);
      return said.includes('Ctrl-C stops everything') || undefined;
    },
    startPatienceMs,
  ).catch(async (error: Error) => {
    await stop();
    throw new Error(`${error.message}\n${said}`, { cause: error });
  });

  const endpoints = JSON.parse(file('endpoints.json')) as Endpoints;
  const makeSlackPatient = async () => {
    const strict = endpoints.slackControl;
    if (strict) await postJson(`${strict}/patience`, { ms: slackPatienceMs });
  };
  await makeSlackPatient();
  return {
    endpoints,
    database: postgres ? { url: postgres.url } : { file: endpoints.database },
    data,
    pid: child.pid ?? 0,
    pidOf,
    said: () => said,
    logOf: (part) => file(join('logs', `${part.toLowerCase().replaceAll(' ', '-')}.log`)),
    async killAndAwaitReturn(part) {
      if (part === 'PostgreSQL') {
        if (!postgres) throw new Error('It keeps its data in SQLite.');
        return postgres.restart('SIGKILL');
      }
      const returns = () => said.split(`${part} is back`).length;
      const before = returns();
      process.kill(pidOf(part), 'SIGKILL');
      await until(`${part} to come back`, () => returns() > before || undefined, returnPatienceMs);
      if (part === 'Slack') await makeSlackPatient();
    },
    stop,
    async remove() {
      await stop();
      await postgres?.remove();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Nothing of the settings or the `.env` of whoever runs the tests may reach the copy: an empty one counts as not set. */
const noSettings = Object.fromEntries(
  [...Object.keys(settingsSchema.shape), 'OFFICE_FILE', 'SECRET_KEYS', 'SECRET_KEY_FILE'].map((name) => [
    name,
    '',
  ]),
);
