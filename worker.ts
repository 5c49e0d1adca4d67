import { Client } from '@temporalio/client';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createBookingHook } from './activities/bookings/booking-hook.ts';
import { createActivities } from './activities/index.ts';
import { signsOfLife } from './activities/signs-of-life.ts';
import { createSlackClient } from './bot/slack-client.ts';
import { createSpeaker } from './bot/speaker.ts';
import { sayingWhyItCannotStart } from './cannot-start.ts';
import { configOrExit } from './config.ts';
import { watchEventLoop } from './event-loop.ts';
import { createBeginDelivery } from './gateway/begin-delivery.ts';
import { leaving, removalRefused } from './domain/succession/leaving.ts';
import { createTruths } from './gateway/truths.ts';
import { endOf } from './gateway/workflow-end.ts';
import { knowOffice, openInstallation } from './installation.ts';
import { createLogger } from './logger.ts';
import { claimNamespace } from './namespace-claim.ts';
import { ensureSchedules } from './schedules.ts';
import { connectionOptions } from './temporal-access.ts';
import { loggingTo } from './temporal-log.ts';
import { startWorkerHealth } from './worker-health.ts';
import { workflowBundle } from './workflow-bundle.ts';
import { taskQueue } from './workflows/contract.ts';

/** Composition root of the worker: it runs the workflows and does what they decide. */
const config = configOrExit();
const logger = createLogger('worker', config.logLevel);
const started = sayingWhyItCannotStart(logger);
for (const warning of config.warnings) logger.warn(warning);
watchEventLoop(logger);
Runtime.install(loggingTo(logger));

const installation = await openInstallation(config);
const { store, systems } = installation;
const office = await knowOffice(store, config.office);
for (const state of await store.connections.all())
  if (state.link.state !== 'abandoned')
    for (const one of leaving(office, state)) logger.warn(removalRefused(one, state.name));
const slack = createSlackClient({
  token: config.slack.botToken.reveal(),
  apiUrl: config.slack.apiUrl,
});
const { namespace } = config.temporal;
const connection = await NativeConnection.connect(connectionOptions(config.temporal)).catch(
  (cause: unknown) => {
    throw new Error(`Temporal does not answer at ${config.temporal.address}`, { cause });
  },
);
const client = new Client({ connection, namespace });
await claimNamespace(client, await store.installation.id());
const later = createBeginDelivery({ client, officeId: office.id });
const speaker = createSpeaker({ slack, store, office, screensOf: systems.screensOf, later, logger });
const activities = createActivities({
  store,
  systems,
  speaker,
  deliveries: speaker,
  office,
  now: () => new Date(),
  fullPassEveryMs: config.fullPassEveryMs,
  freshness: config.freshness,
  endOf: (workflowId) => endOf(client, workflowId),
  truths: createTruths(client),
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
  workflowBundle: await workflowBundle(),
  activities,
  // By its own reckoning the SDK would keep some thirty with this heap, and read the history of every other one anew for
  // each thing that happens: two hundred connections that break at once took minutes (docs/performance.md, "alert").
  maxCachedWorkflows: 500,
  // One thread runs all of them, and Temporal takes back what is not done within ten seconds. After a kill, the forty of the SDK
  // were too late all together and began anew, for minutes (docs/performance.md, "alarm"). With four, sixty that broke at once
  // waited for so long that they lost their worker, and their histories were read anew ("alert").
  maxConcurrentWorkflowTaskExecutions: 16,
  // Nearly all of them wait for an answer, and what needs memory has turns of its own (activities/sync/rounds.ts). With the hundred
  // of the SDK the first syncs of some offices would keep the click of a person waiting for hours.
  maxConcurrentActivityTaskExecutions: 1_000,
  interceptors: { activity: [signsOfLife] },
  // After so long another worker may answer for one that died; by default it is longer than people wait (gateway.ts).
  stickyQueueScheduleToStartTimeout: '3 seconds',
  // A round is let go on for a moment, then it heartbeats its place and another worker carries on.
  shutdownGraceTime: '20 seconds',
  shutdownForceTime: '60 seconds',
});
const health = await startWorkerHealth({
  heartbeats: store.heartbeats,
  askTemporal: () =>
    connection.withDeadline(Date.now() + 3_000, () => connection.workflowService.getSystemInfo({})),
  logger,
  listen: config.workerHealthPort === null ? null : { host: config.web.host, port: config.workerHealthPort },
});
started();
process.stdout.write('worker ready\n'); // whatever the log level: the launcher waits for this line
try {
  await worker.run();
} finally {
  await health.stop();
  await connection.close();
  await installation.close();
}
