import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import type { WebClient } from '@slack/web-api';
import { Client, Connection } from '@temporalio/client';
import { createSlackClient } from '../../bot/slack-client.ts';
import { readConfig, type Config, type Environment } from '../../config.ts';
import type { ConnectionState } from '../../domain/connection.ts';
import type { Office } from '../../domain/offices/office.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import { createGateway } from '../../gateway/temporal-gateway.ts';
import { defaultWaits } from '../../gateway/waits.ts';
import { openInstallation, type Installation } from '../../installation.ts';
import { completeEnvironment, preferredPorts, type Ports } from '../../start/environment.ts';
import { ensureApiToken, ensureKeyFile } from '../../start/keys.ts';
import { applicationParts, sandboxParts } from '../../start/parts.ts';
import { choosePorts, startOnFreePorts } from '../../start/ports.ts';
import { createStrictControl, type StrictControl } from '@syncuser/slack-sandbox';
import { settingsSchema } from '../../settings.ts';
import type { Waits } from '../../workflows/contract.ts';
import type { BenchRun } from '../bench.ts';
import { startMortalPart, startParts, type MortalPart } from './processes.ts';

/** Syncuser as it runs in production: Temporal, Slack and the worker, each a process of its own, and one connection. */
export interface RunningSyncuser extends Pick<Installation, 'store' | 'systems'> {
  gateway: Gateway;
  temporal: Client;
  worker: MortalPart;
  databaseFile: string;
  office: Office;
  slack: WebClient;
  /** What can go wrong with Slack, and what was asked of it. */
  strict: StrictControl;
  /** Where people look at the local Slack. */
  slackUrl: string;
  /** The state of the connection as the store has it. */
  state: () => Promise<ConnectionState>;
  /** Looks until something is found. @throws Error when the worker dies meanwhile */
  until: <T>(look: () => Promise<T | null | undefined | false>) => Promise<T>;
}

export const connectionId = 'exact-online-bench';

/**
 * Starts everything but the accounting system, which is at this address, and the server, which nobody here looks at.
 * With `profile` the worker leaves a CPU profile in that folder.
 */
export async function startSyncuser(
  run: BenchRun,
  {
    accounting,
    profile,
    waits = {},
  }: { accounting: string; profile?: string | undefined; waits?: Partial<Waits> },
): Promise<RunningSyncuser> {
  const local = { temporal: true, slack: true, exactOnline: false, tryton: false };
  const free = await choosePorts({ preferred: preferredPorts, last: {}, anyFree: true, say: run.say });
  ensureKeyFile(join(run.folder, 'secret-keys'));
  const apiToken = ensureApiToken(join(run.folder, 'api-token'));
  const given = {
    ...withoutSettings(process.env),
    API_TOKEN: apiToken,
    EXACT_ONLINE_BASE_URL: accounting,
    EXACT_ONLINE_CLIENT_ID: 'syncuser-local',
    EXACT_ONLINE_CLIENT_SECRET: 'syncuser-local-secret',
    // A round begins only when the bench asks for it.
    SYNC_INTERVAL: '1d',
  };
  const startBelow = async (ports: Ports) => {
    const env = completeEnvironment(given, local, ports, run.folder);
    await startParts(run, await sandboxParts({ local, ports, data: run.folder, env, say: run.say }));
    return { ports, env, config: readConfig(env) };
  };
  const { ports, env, config } = await startOnFreePorts(free, startBelow, run.say);
  const { store, systems, ...installation } = await openInstallation(config);
  run.atEnd(() => installation.close());
  const { gateway, temporal } = await connect(run, config, waits);
  const [workerPart] = applicationParts(env);
  if (!workerPart) throw new Error('there is no worker among the parts');
  const profiling = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  const worker = await startMortalPart(run, { ...workerPart, args: [...profiling, ...workerPart.args] });
  run.say(`Syncuser runs in ${run.folder}, with Temporal on ${config.temporal.address}`);
  return {
    store,
    systems,
    gateway,
    temporal,
    worker,
    office: config.office,
    slack: createSlackClient({
      token: config.slack.botToken.reveal(),
      apiUrl: config.slack.apiUrl,
    }),
    strict: createStrictControl(`http://127.0.0.1:${ports.slackApi}/api/`),
    slackUrl: `http://localhost:${ports.slack}`,
    databaseFile: join(run.folder, 'syncuser.sqlite'),
    async state() {
      const found = await store.connections.get(connectionId);
      if (!found) throw new Error('the connection is not there');
      return found;
    },
    until: (look) => Promise.race([worker.died, eventually(look)]),
  };
}

async function connect(
  { atEnd }: BenchRun,
  { temporal: { address, namespace }, ...config }: Config,
  chosen: Partial<Waits>,
) {
  const connection = await Connection.connect({ address });
  atEnd(() => connection.close());
  const client = new Client({ connection, namespace });
  const { syncIntervalMs: syncInterval, loginCheckIntervalMs: loginCheckInterval } = config;
  const waits = { ...defaultWaits({ syncInterval, loginCheckInterval }), ...chosen };
  return { temporal: client, gateway: createGateway({ client, officeId: config.office.id, waits }) };
}

/** Nothing of the settings of whoever runs the bench may reach it; an empty one also keeps `.env` away. */
function withoutSettings(env: Environment): Environment {
  const names = [...Object.keys(settingsSchema.shape), 'OFFICE_FILE', 'SECRET_KEYS', 'SECRET_KEY_FILE'];
  return { ...env, ...Object.fromEntries(names.map((name) => [name, ''])) };
}

async function eventually<T>(look: () => Promise<T | null | undefined | false>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    await sleep(50);
  }
}
