import { z } from 'zod';
import { address, isPublic, pagesAddress, sealedAddress, webAddress } from './addresses.ts';
import { deletionGuard, parseGuard } from './domain/sync/deletion-guard.ts';
import { parseDuration } from './domain/duration.ts';
import { nearest } from './domain/nearest.ts';
import { fullPassEvery } from './domain/sync/full-pass.ts';
import { parsePromise, promise } from './domain/sync/freshness.ts';
import { logLevels } from './logger.ts';
import { isGuessable, Secret } from './secret.ts';

const secret = (prefix = '') =>
  z
    .string()
    .refine((value) => value.startsWith(prefix), { message: `must start with "${prefix}"` })
    .transform((value) => new Secret(value));
/** Tokens travel there: not in plain text, unless it is on this machine. */
const exactOnlineAddress = address.refine((url) => url.startsWith('https:') || !isPublic(url), {
  message: 'must be an https address like https://start.exactonline.nl',
});
const port = z
  .string()
  .regex(/^\d+$/, 'must be a port number')
  .transform(Number)
  .pipe(z.number().min(1).max(65_535));
const between = (least: string, most: string, example: string) =>
  z
    .string()
    .transform(parseDuration)
    .refine((ms) => ms >= parseDuration(least) && ms <= parseDuration(most), {
      message: `must be a duration from ${least} to ${most}, like ${example}`,
    });
const interval = between('1s', '1d', '15m');

const freshness = z.string().transform((text, context) => {
  const promised = parsePromise(text);
  if (promised) return promised;
  context.addIssue({
    code: 'custom',
    message: 'must be a duration, with exceptions by kind where there are any, like 1h item=1d project=4h',
  });
  return z.NEVER;
});

const guard = z.string().transform((text, context) => {
  const parsed = parseGuard(text);
  if (parsed) return parsed;
  context.addIssue({ code: 'custom', message: 'must be a share and a number of rows, like 20% 50' });
  return z.NEVER;
});

/** Each setting by itself: its form and its default. What belongs together is checked below. */
export const settingsSchema = z.object({
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s/]+:\d+$/, 'must be host:port, like localhost:7233')
    .optional(),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  TEMPORAL_API_KEY: secret().optional(),
  TEMPORAL_TLS: z
    .enum(['true', 'false'], { error: 'must be true or false' })
    .transform((value) => value === 'true')
    .optional(),
  TEMPORAL_TLS_SERVER_NAME: z.string().optional(),
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: z.string().optional(),
  TEMPORAL_TLS_SERVER_CA_CERT_DATA: secret().optional(),
  TEMPORAL_TLS_CLIENT_CERT_PATH: z.string().optional(),
  TEMPORAL_TLS_CLIENT_CERT_DATA: secret().optional(),
  TEMPORAL_TLS_CLIENT_KEY_PATH: z.string().optional(),
  TEMPORAL_TLS_CLIENT_KEY_DATA: secret().optional(),
  TEMPORAL_UI_URL: address.optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with "postgres://"')
    .transform((url) => new Secret(url))
    .optional(),
  DATABASE_FILE: z.string().default('.local/syncuser.sqlite'),
  SLACK_BOT_TOKEN: secret('xoxb-').optional(),
  SLACK_APP_TOKEN: secret('xapp-').optional(),
  SLACK_API_URL: webAddress.optional(),
  WEB_HOST: z.string().default('127.0.0.1'),
  WEB_PORT: port.default(3000),
  PUBLIC_URL: pagesAddress.optional(),
  API_TOKEN: z
    .string()
    .refine((token) => token.length >= 24 && !isGuessable(Buffer.from(token)), {
      message: 'must be 24 characters or more that nobody guesses (make one with: openssl rand -hex 32)',
    })
    .transform((token) => new Secret(token))
    .optional(),
  WORKER_HEALTH_PORT: port.optional(),
  EXACT_ONLINE_BASE_URL: exactOnlineAddress.default('https://start.exactonline.nl'),
  EXACT_ONLINE_CLIENT_ID: z.string().optional(),
  EXACT_ONLINE_CLIENT_SECRET: secret().optional(),
  EXACT_ONLINE_WEBHOOK_SECRET: secret().optional(),
  TRYTON_BASE_URL: sealedAddress('passwords travel there').optional(),
  TRYTON_DATABASE: z.string().optional(),
  BOOKING_WEBHOOK_URL: webAddress.optional(),
  BOOKING_WEBHOOK_SECRET: z
    .string()
    .regex(
      /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/,
      'must be "whsec_" and 24 to 64 bytes in base64 (echo "whsec_$(openssl rand -base64 32)")',
    )
    .transform((text) => Buffer.from(text.slice('whsec_'.length), 'base64'))
    .refine((bytes) => !isGuessable(bytes), {
      message: 'must be random bytes (echo "whsec_$(openssl rand -base64 32)")',
    })
    .transform((bytes) => new Secret(bytes))
    .optional(),
  SYNC_INTERVAL: interval.default(parseDuration('15m')),
  FRESHNESS: freshness.default(promise(parseDuration('1h'))),
  LOGIN_CHECK_INTERVAL: interval.default(parseDuration('5m')),
  FULL_PASS_INTERVAL: between('1h', '60d', '7d').default(fullPassEvery),
  DELETION_GUARD: guard.default(deletionGuard),
  LOG_LEVEL: z.enum(logLevels, { error: `must be one of ${logLevels.join(', ')}` }).default('info'),
});
export type Settings = z.infer<typeof settingsSchema>;

/** They name files, and are read in named-files.ts. */
const settingsOfFiles = ['OFFICE_FILE', 'SECRET_KEYS', 'SECRET_KEY_FILE'];
const settingsOfCompose = ['POSTGRES_PASSWORD', 'SETTINGS_FILE'];

/** Settings that only make sense together, and where the missing one is found. */
const groups = [
  {
    names: ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'],
    required: true,
    hint: 'both are on the page of the Slack app at https://api.slack.com/apps (see docs/slack-app.md)',
  },
  {
    names: ['EXACT_ONLINE_CLIENT_ID', 'EXACT_ONLINE_CLIENT_SECRET'],
    required: false,
    hint: 'both are on the page of the app in the Exact App Centre',
  },
  {
    names: ['TRYTON_BASE_URL', 'TRYTON_DATABASE'],
    required: false,
    hint: 'they are the address of the Tryton server and the name of the database on it',
  },
  {
    names: ['BOOKING_WEBHOOK_URL', 'BOOKING_WEBHOOK_SECRET'],
    required: false,
    hint: 'they are where the booking system hears what became of its bookings, and the secret that signs it',
  },
];

/** Sentences about what is missing or half set; `given` holds only settings with a value. */
export function missingSettings(given: Record<string, unknown>): string[] {
  const problems = groups.flatMap(({ names, required, hint }) => {
    const set = names.filter((name) => name in given);
    const unset = names.filter((name) => !(name in given));
    if (unset.length === 0 || (set.length === 0 && !required)) return [];
    if (set.length === 0) return [`${list(unset)} are not set: ${hint}`];
    return [`${list(set)} is set but ${list(unset)} is not: ${hint}`];
  });
  if (!('TEMPORAL_ADDRESS' in given))
    problems.push('TEMPORAL_ADDRESS is not set: host:port of the Temporal server');
  if (!('OFFICE_FILE' in given))
    problems.push('OFFICE_FILE is not set: the JSON file with the people and teams of the office');
  if (
    !['EXACT_ONLINE_CLIENT_ID', 'EXACT_ONLINE_CLIENT_SECRET', 'TRYTON_BASE_URL', 'TRYTON_DATABASE'].some(
      (name) => name in given,
    )
  ) {
    problems.push(
      'no accounting system is set: give EXACT_ONLINE_CLIENT_ID and EXACT_ONLINE_CLIENT_SECRET, or TRYTON_BASE_URL and TRYTON_DATABASE',
    );
  }
  if (!('API_TOKEN' in given))
    problems.push('API_TOKEN is not set: /api always needs a token (make one with: openssl rand -hex 32)');
  return problems;
}

/** One site per country (NangoHQ/nango providers.yaml, mcnijman/go-exactonline client.go). */
const exactOnlineHosts = ['nl', 'be', 'de', 'co.uk', 'com', 'es', 'fr'].map(
  (country) => `start.exactonline.${country}`,
);

/** Sentences about settings that may be right, and are more often a slip. */
export function doubtfulSettings(settings: Settings): string[] {
  return [...doubtfulAddress(settings.EXACT_ONLINE_BASE_URL), ...doubtfulWebhooks(settings)];
}

/** More letters differ by chance than by a slip. */
const mostSlips = 2;

/** Sentences about names that are no setting, and are nearly one; `given` is all of the environment. */
export function misspeltSettings(given: Record<string, unknown>): string[] {
  const settings = [...Object.keys(settingsSchema.shape), ...settingsOfFiles, ...settingsOfCompose];
  return Object.keys(given)
    .filter((name) => !settings.includes(name))
    .flatMap((name) => {
      const meant = nearest(name.toUpperCase().replaceAll('-', '_'), settings, () => mostSlips);
      return meant ? [`${name} is no setting, so it is not read: ${meant} is probably meant`] : [];
    });
}

function doubtfulAddress(url: string): string[] {
  const { host, pathname } = new URL(url);
  if (isPublic(url) && !exactOnlineHosts.includes(host))
    return [
      `EXACT_ONLINE_BASE_URL names ${host}, which is no site of Exact Online that is known (${exactOnlineHosts.join(', ')})`,
    ];
  if (pathname !== '/')
    return [`EXACT_ONLINE_BASE_URL ends in ${pathname}, although Exact Online's address has no path`];
  return [];
}

function doubtfulWebhooks({
  EXACT_ONLINE_WEBHOOK_SECRET: secret,
  EXACT_ONLINE_BASE_URL: exactOnline,
  PUBLIC_URL: own,
}: Settings): string[] {
  if (!secret) return [];
  if (!own)
    return [
      'EXACT_ONLINE_WEBHOOK_SECRET is set but PUBLIC_URL is not: Exact Online does not know whom to call, so changes come with the rounds only',
    ];
  return isPublic(exactOnline) && !own.startsWith('https:')
    ? ['PUBLIC_URL is no https address, and Exact Online calls no other: changes come with the rounds only']
    : [];
}

/** Every wrong setting as a sentence that starts with its name and never repeats its value. */
export function inWords(error: z.ZodError, where = ''): string[] {
  return error.issues.map((issue) => `${where}${issue.path.join('.')} ${sentence(issue.message)}`);
}

function sentence(message: string): string {
  return message.startsWith('must') ? message : `is wrong: ${message}`;
}

function list(names: string[]): string {
  return names.join(' and ');
}
