import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createExactOnlineSandbox } from './server.ts';

/** `npx @syncuser/exact-online-sandbox --port N [--companies 12] [--rows 40] [--seed 1] [--state FILE] …`; see README.md. */
const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    companies: { type: 'string' },
    rows: { type: 'string' },
    seed: { type: 'string' },
    users: { type: 'string' },
    state: { type: 'string' },
    'minute-limit': { type: 'string' },
    'day-limit': { type: 'string' },
    'client-id': { type: 'string' },
    'client-secret': { type: 'string' },
    'redirect-uri': { type: 'string', multiple: true },
    'webhook-secret': { type: 'string' },
    'mandatory-filter': { type: 'string' },
    'error-block': { type: 'string' },
    'page-cache': { type: 'string' },
    'tls-key': { type: 'string' },
    'tls-cert': { type: 'string' },
  },
});
const whole = z.coerce.number().int().min(0);
const options = z
  .object({
    port: whole.default(0),
    companies: whole.min(1).default(12),
    rows: whole.default(40),
    seed: whole.default(1),
    users: whole.default(0),
    state: z.string().optional(),
    'minute-limit': whole.default(300),
    'day-limit': whole.default(5000),
    'client-id': z.string().default('syncuser-local'),
    'client-secret': z.string().default('syncuser-local-secret'),
    'redirect-uri': z.array(z.string()).default([]),
    'webhook-secret': z.string().default('syncuser-local-webhook-secret'),
    'mandatory-filter': z.enum(['on', 'off']).default('on'),
    'error-block': z.enum(['endpoint', 'app']).default('endpoint'),
    'page-cache': whole.default(256),
    'tls-key': z.string().optional(),
    'tls-cert': z.string().optional(),
  })
  .parse(values);

const { 'tls-key': key, 'tls-cert': cert } = options;
if ((key === undefined) !== (cert === undefined)) throw new Error('--tls-key and --tls-cert go together');

const sandbox = await createExactOnlineSandbox({
  port: options.port,
  companies: options.companies,
  rows: options.rows,
  seed: options.seed,
  users: options.users,
  ...(options.state === undefined ? {} : { stateFile: options.state }),
  minuteLimit: options['minute-limit'],
  dayLimit: options['day-limit'],
  mandatoryFilter: options['mandatory-filter'] === 'on',
  errorBlock: options['error-block'],
  pageCache: options['page-cache'],
  webhookSecret: options['webhook-secret'],
  ...(key === undefined || cert === undefined
    ? {}
    : { https: { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') } }),
  app: {
    id: options['client-id'],
    secret: options['client-secret'],
    redirectUris: options['redirect-uri'],
  },
});
console.log(`Exact Online sandbox on ${sandbox.url}`);
if (sandbox.httpsUrl) console.log(`and on ${sandbox.httpsUrl}`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
}
