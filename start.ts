import { chmodSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError, readConfig, readEnvironment, type Config, type Environment } from './config.ts';
import { findUser } from './domain/offices/office.ts';
import { openInstallation } from './installation.ts';
import { endpointsOf } from './start/endpoints.ts';
import type { Endpoints } from './start/endpoints.ts';
import { completeEnvironment, localParts, preferredPorts } from './start/environment.ts';
import type { Ports } from './start/environment.ts';
import { readJsonFile, writeJsonFile } from './start/json-file.ts';
import { ensureApiToken, ensureKeyFile } from './start/keys.ts';
import { applicationParts, sandboxParts } from './start/parts.ts';
import { choosePorts, startOnFreePorts } from './start/ports.ts';
import { createSupervisor } from './start/processes.ts';
import { claimDirectory } from './start/running.ts';
import type { Claim } from './start/running.ts';
import { table, type KnownConnection } from './start/table.ts';

const usage = `npm start -- [--tryton] [--data DIR] [--ports free]

Starts Syncuser with everything it needs: what is not set in .env runs on this machine.
  --tryton      also a real Tryton, with its own books
  --data DIR    where data, ports and logs are kept (.local)
  --ports free  take any free ports instead of the usual ones, for a copy beside another one`;

const say = (sentence: string) => console.log(sentence);

/** Starts everything, waits for Ctrl-C or SIGTERM, ends everything. Returns the exit code. */
async function main(): Promise<number> {
  const options = readOptions();
  if (!options) return 2;
  mkdirSync(options.data, { recursive: true });
  chmodSync(options.data, 0o700); // tokens and books are in there
  const claim = await claimDirectory(options.data, say);
  if (typeof claim === 'number') return sayIsRunning(options.data, claim);
  try {
    return await run(options, claim);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    say(`${error.message}\n.env.example explains every setting; with none set, everything is local.`);
    return 1;
  } finally {
    claim.release();
  }
}

interface Options {
  tryton: boolean;
  data: string;
  anyFree: boolean;
}

function readOptions(): Options | undefined {
  try {
    const { values } = parseArgs({
      options: {
        tryton: { type: 'boolean', default: false },
        data: { type: 'string', default: '.local' },
        ports: { type: 'string', default: 'usual' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help || !['usual', 'free'].includes(values.ports)) throw new Error('These are the options:');
    return { tryton: values.tryton, data: resolve(values.data), anyFree: values.ports === 'free' };
  } catch (error) {
    say(`${(error as Error).message}\n\n${usage}`);
    return undefined;
  }
}

async function run({ tryton, data, anyFree }: Options, claim: Claim): Promise<number> {
  const set = readEnvironment();
  // One that was set is known to whoever set it, and is not shown.
  const apiToken = set['API_TOKEN']?.trim() ? null : ensureApiToken(join(data, 'api-token'));
  const given: Environment = { ...set, ...(apiToken && { API_TOKEN: apiToken }) };
  const local = localParts(given, { tryton });
  const portsFile = join(data, 'ports.json');
  const last = readJsonFile<Partial<Ports>>(portsFile) ?? {};
  const free = await choosePorts({ preferred: preferredPorts, last, anyFree, say });
  if (!given['SECRET_KEYS'] && !given['SECRET_KEY_FILE']) ensureKeyFile(join(data, 'secret-keys'));
  const settingsOn = (ports: Ports) => {
    const env = completeEnvironment(given, local, ports, data);
    return { env, config: readConfig(env) };
  };
  settingsOn(free); // what is wrong with them is said before anything starts

  let supervisor: ReturnType<typeof createSupervisor> | undefined;
  const stopped = new AbortController();
  const asked = new Promise<'asked'>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => done('asked'));
  });
  const startAll = async (ports: Ports) => {
    stopped.signal.throwIfAborted();
    writeJsonFile(portsFile, ports);
    const { env, config } = settingsOn(ports);
    supervisor = createSupervisor({
      logDirectory: join(data, 'logs'),
      say,
      onGroups: (groups) => claim.note(groups),
    });
    try {
      await supervisor.start(await sandboxParts({ local, ports, data, env, say }));
      await supervisor.start(applicationParts(env));
    } catch (error) {
      await supervisor.stop();
      throw error;
    }
    const endpoints = endpointsOf(config, local, ports);
    writeJsonFile(join(data, 'endpoints.json'), endpoints);
    // What stands in the last line is not worth an end of everything.
    const connections = await knownConnections(config).catch(() => []);
    say(table(endpoints, local, { data, connections, apiToken }));
    return 'started' as const;
  };
  try {
    say('Starting …');
    if ((await Promise.race([asked, startOnFreePorts(free, startAll, say)])) === 'started') await asked;
    say('Stopping …');
    return 0;
  } catch (error) {
    say((error as Error).message);
    return 1;
  } finally {
    stopped.abort();
    await supervisor?.stop();
    say('Everything has ended.');
  }
}

/** What an earlier start left, so that what is said next fits. */
async function knownConnections(config: Config): Promise<KnownConnection[]> {
  const installation = await openInstallation(config);
  try {
    return (await installation.store.connections.all()).map(({ name, link, synchronisationUserId: id }) => ({
      ...{ name, link: link.state },
      synchronisationUser: findUser(config.office, id)?.name ?? id,
    }));
  } finally {
    await installation.close();
  }
}

function sayIsRunning(data: string, pid: number): number {
  const endpoints = readJsonFile<Endpoints>(join(data, 'endpoints.json'));
  say(`Syncuser is running already (process ${pid})${endpoints ? `: Slack on ${endpoints.slack}` : ''}.`);
  say('End it with Ctrl-C where it was started, or give this one a --data directory of its own.');
  return 1;
}

process.exitCode = await main();
