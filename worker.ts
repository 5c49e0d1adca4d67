import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client, WorkflowNotFoundError } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createBookingHook } from './activities/booking-hook.ts';
import { createActivities } from './activities/index.ts';
import { signsOfLife } from './activities/signs-of-life.ts';
import { createSlackClient } from './bot/slack-client.ts';
import { createSpeaker } from './bot/speaker.ts';
import { configOrExit } from './config.ts';
import { leaving, removalRefused } from './domain/leaving.ts';
import { knowOffice, openInstallation } from './installation.ts';
import { createLogger } from './logger.ts';
import { ensureSchedules } from './schedules.ts';
import { taskQueue, workflowIds } from './workflows/contract.ts';

/** Composition root of the worker: it runs the workflows and does what they decide. */
const config = configOrExit();
const logger = createLogger('worker', config.logLevel);
for (const warning of config.warnings) logger.warn(warning);
Runtime.install({
  logger: new DefaultLogger('INFO', ({ level, message, meta }) => {
    const { error, ...facts } = meta ?? {};
    const line = { ...facts, ...(error instanceof Error ? { error: error.message } : {}) };
    if (level === 'ERROR') logger.error(line, message);
    else if (level === 'WARN') logger.warn(line, message);
    else logger.debug(line, message);
  }),
});

const installation = await openInstallation(config);
const { store, systems } = installation;
const office = await knowOffice(store, config.office);
for (const state of await store.connections.all())
  if (state.link.state !== 'abandoned')
    for (const one of leaving(office, state)) logger.warn(removalRefused(one, state.name));
const slack = createSlackClient({
  token: config.slack.botToken.reveal(),
  apiUrl: config.slack.apiUrl,
  timeZone: config.office.timeZone,
});
const { address, namespace, apiKey } = config.temporal;
const connection = await NativeConnection.connect({
  address,
  ...(apiKey ? { apiKey: apiKey.reveal(), tls: true } : {}),
});
const client = new Client({ connection, namespace });
const activities = createActivities({
  store,
  systems,
  speaker: createSpeaker({ slack, messages: store.messages }),
  office,
  now: () => new Date(),
  fullPassEveryMs: config.fullPassEveryMs,
  freshness: config.freshness,
  runs: (connectionId) => isRunning(client, workflowIds.connection(connectionId)),
  bookingHook:
    config.bookingHook &&
    createBookingHook({
      url: config.bookingHook.url,
      secret: config.bookingHook.secret.reveal(),
      now: () => new Date(),
    }),
});

await ensureSchedules(client, config.office).catch((error: unknown) =>
  logger.error({ error: String(error) }, 'the morning digest and the audit could not be scheduled'),
);
const worker = await Worker.create({
  connection,
  namespace,
  taskQueue,
  workflowBundle: await bundleWorkflows(),
  activities,
  // By its own reckoning the SDK would keep some thirty with this heap, and read the history of every other one anew for
  // each thing that happens: two hundred connections that break at once took minutes (docs/performance.md, "alert").
  maxCachedWorkflows: 500,
  // Nearly all of them wait for an answer, and what needs memory has turns of its own (activities/rounds.ts). With the hundred
  // of the SDK the first syncs of some offices would keep the click of a person waiting for hours.
  maxConcurrentActivityTaskExecutions: 1_000,
  interceptors: { activity: [signsOfLife] },
  // After so long another worker may answer for one that died; by default it is longer than people wait (gateway.ts).
  stickyQueueScheduleToStartTimeout: '3 seconds',
  // A round is let go on for a moment, then it heartbeats its place and another worker carries on.
  shutdownGraceTime: '20 seconds',
  shutdownForceTime: '60 seconds',
});
process.stdout.write('worker ready\n'); // whatever the log level: the launcher waits for this line
try {
  await worker.run();
} finally {
  await connection.close();
  await installation.close();
}

/** False only when Temporal says so. */
async function isRunning({ workflow }: Client, workflowId: string): Promise<boolean> {
  try {
    return (await workflow.getHandle(workflowId).describe()).status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** In a process of its own, which gives back the memory that takes. */
async function bundleWorkflows(): Promise<{ code: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'syncuser-workflows-'));
  try {
    const file = join(folder, 'workflows.js');
    const script = fileURLToPath(new URL('./scripts/bundle-workflows.ts', import.meta.url));
    await promisify(execFile)(process.execPath, ['--import', 'tsx', script, file]);
    return { code: await readFile(file, 'utf8') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
