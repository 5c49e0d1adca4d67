import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { createBot } from './bot/app.ts';
import { sayingWhyItCannotStart } from './cannot-start.ts';
import { configOrExit } from './config.ts';
import { watchEventLoop } from './event-loop.ts';
import { createBeginDelivery } from './gateway/begin-delivery.ts';
import { guarded } from './gateway/guarded.ts';
import { createGateway } from './gateway/temporal-gateway.ts';
import { defaultWaits } from './gateway/waits.ts';
import { knowOffice, openInstallation } from './installation.ts';
import { createLogger } from './logger.ts';
import { claimNamespace, NamespaceTakenError } from './namespace-claim.ts';
import { connectionOptions } from './temporal-access.ts';
import { createSignInLinks } from './web/logins/sign-in-links.ts';
import { createWeb } from './web/web.ts';

/** Composition root of the server: the Slack bot and the web pages, where people meet Syncuser. */
const config = configOrExit();
const logger = createLogger('server', config.logLevel);
const started = sayingWhyItCannotStart(logger);
for (const warning of config.warnings) logger.warn(warning);
watchEventLoop(logger);
const now = () => new Date();
const { publicUrl, host, port, apiToken } = config.web;

const { store, systems, ...installation } = await openInstallation(config, { databasePatienceMs: 10_000 });
const office = await knowOffice(store, config.office);
// Temporal may be down when the server starts: pages and Slack answer all the same, and say so.
const temporal = Connection.lazy(connectionOptions(config.temporal));
const client = new Client({ connection: temporal, namespace: config.temporal.namespace });
const gateway = guarded(
  createGateway({
    client,
    officeId: config.office.id,
    waits: defaultWaits({
      syncInterval: config.syncIntervalMs,
      loginCheckInterval: config.loginCheckIntervalMs,
    }),
  }),
  { office, connections: store.connections },
);
const links = createSignInLinks({ store, publicUrl });

const web = createWeb({
  store,
  gateway,
  systems,
  office,
  publicUrl,
  apiToken,
  freshness: config.freshness,
  links,
  logger,
  now,
  timeZone: config.office.timeZone,
  localLinks: config.temporal.uiUrl
    ? [{ label: 'Temporal UI', about: 'what every workflow does and did', url: config.temporal.uiUrl }]
    : [],
});
const bot = createBot({
  store,
  gateway: {
    ...gateway,
    // To people Temporal without a worker is an engine that does not answer.
    reachable: async () => (await gateway.reachable()) && (await store.heartbeats.lives('worker')),
  },
  links,
  office,
  freshness: config.freshness,
  systems: systems.all().map(({ id, name, signIn, screens }) => ({
    id,
    name,
    screens,
    hasLoginPage: signIn.kind === 'redirect',
  })),
  slack: {
    botToken: config.slack.botToken.reveal(),
    appToken: config.slack.appToken.reveal(),
    apiUrl: config.slack.apiUrl,
  },
  later: createBeginDelivery({ client, officeId: office.id }),
  logger,
});

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void stop().catch((error: unknown) => {
      logger.error({ error: String(error) }, 'the server did not stop cleanly');
      process.exitCode = 1;
    });
  });

void claimPatiently();
await web.listen({ host, port });
await bot.start();
started();
process.stdout.write(`server ready on ${publicUrl}\n`); // whatever the log level: the launcher waits for this line

/** Temporal may answer only later. */
async function claimPatiently(): Promise<void> {
  for (;;) {
    try {
      return await claimNamespace(client, await store.installation.id());
    } catch (error) {
      if (error instanceof NamespaceTakenError) {
        logger.fatal(`Syncuser cannot run: ${error.message}.`);
        process.exit(1);
      }
      await sleep(5_000, undefined, { ref: false });
    }
  }
}

async function stop(): Promise<void> {
  // An open browser tab, or a Slack that is gone already, must not hold up the end.
  const farewell = Promise.allSettled([bot.stop(), web.close()]);
  await Promise.race([farewell, sleep(3_000)]);
  await temporal.close();
  await installation.close();
  setTimeout(() => process.exit(), 1_000).unref();
}
