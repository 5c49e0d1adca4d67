import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { createBot } from './bot/app.ts';
import { configOrExit, type Config } from './config.ts';
import { createGateway } from './gateway/temporal-gateway.ts';
import { defaultWaits } from './gateway/waits.ts';
import { knowOffice, openInstallation } from './installation.ts';
import { createLogger } from './logger.ts';
import { createSignInLinks } from './web/sign-in-links.ts';
import { createWeb } from './web/web.ts';

/** Composition root of the server: the Slack bot and the web pages, where people meet Syncuser. */
const config = configOrExit();
const logger = createLogger('server', config.logLevel);
for (const warning of config.warnings) logger.warn(warning);
const now = () => new Date();
const { publicUrl, host, port, apiToken } = config.web;

const { store, systems, ...installation } = await openInstallation(config);
const office = await knowOffice(store, config.office);
const temporal = connectLazily(config.temporal);
const gateway = createGateway({
  client: new Client({ connection: temporal, namespace: config.temporal.namespace }),
  officeId: config.office.id,
  waits: defaultWaits({ syncInterval: config.syncIntervalMs, lookInterval: config.lookIntervalMs }),
});
const links = createSignInLinks({ store, publicUrl, now });

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
  gateway,
  links,
  office,
  freshness: config.freshness,
  systems: systems.all().map(({ id, name }) => ({ id, name })),
  slack: {
    botToken: config.slack.botToken.reveal(),
    appToken: config.slack.appToken.reveal(),
    apiUrl: config.slack.apiUrl,
  },
  logger,
});

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void stop().catch((error: unknown) => {
      logger.error({ error: String(error) }, 'the server did not stop cleanly');
      process.exitCode = 1;
    });
  });

await web.listen({ host, port });
await bot.start();
process.stdout.write(`server ready on ${publicUrl}\n`); // whatever the log level: the launcher waits for this line

async function stop(): Promise<void> {
  // An open browser tab, or a Slack that is gone already, must not hold up the end.
  const farewell = Promise.allSettled([bot.stop(), web.close()]);
  await Promise.race([farewell, sleep(3_000)]);
  await temporal.close();
  await installation.close();
  setTimeout(() => process.exit(), 1_000).unref();
}

/** Temporal may be down when the server starts: pages and Slack answer all the same, and say so. */
function connectLazily({ address, apiKey }: Config['temporal']): Connection {
  return Connection.lazy({ address, ...(apiKey ? { apiKey: apiKey.reveal(), tls: true } : {}) });
}
