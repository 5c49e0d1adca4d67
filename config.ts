import { readFileSync } from 'node:fs';
import type { DeletionGuard } from './domain/sync/deletion-guard.ts';
import type { FreshnessPromise } from './domain/sync/freshness.ts';
import type { Office } from './domain/offices/office.ts';
import type { LogLevel } from './logger.ts';
import { ConfigError, readKeys, readOffice, type SecretKey } from './named-files.ts';
import { Secret } from './secret.ts';
import { doubtfulSettings, inWords, misspeltSettings, missingSettings, settingsSchema } from './settings.ts';
import type { Settings } from './settings.ts';
import { readTls, type TemporalAccess } from './temporal-access.ts';

export { ConfigError };

/** Everything that can be set from outside; `.env.example` explains each setting. Frozen, and safe to print. */
export interface Config {
  temporal: TemporalAccess & { uiUrl: string | null };
  database: { kind: 'postgres'; url: Secret } | { kind: 'sqlite'; file: string };
  slack: { botToken: Secret; appToken: Secret; apiUrl: string | null };
  office: Office;
  web: { host: string; port: number; publicUrl: string; apiToken: Secret };
  /** Where the worker tells that it lives; null: nowhere but in the database. */
  workerHealthPort: number | null;
  accounting: {
    exactOnline: {
      baseUrl: string;
      clientId: string;
      clientSecret: Secret;
      /** How Exact Online calls us when something changed, or null: it does not. */
      webhooks: { secret: Secret; callbackUrl: string } | null;
    } | null;
    tryton: { baseUrl: string; database: string } | null;
  };
  /** Where callers hear what became of their bookings, and what signs it. */
  bookingHook: { url: string; secret: Secret<Buffer> } | null;
  /** The first one seals; all of them open. */
  secretKeys: readonly SecretKey[];
  syncIntervalMs: number;
  /** How old each kind of master data may become before people are told. */
  freshness: FreshnessPromise;
  /** How often a login that no round uses is tried. */
  loginCheckIntervalMs: number;
  /** How often everything is listed from the very beginning. */
  fullPassEveryMs: number;
  /** How many rows may vanish before a human is asked. */
  deletionGuard: DeletionGuard;
  logLevel: LogLevel;
  /** Sentences about settings that are taken, though they are more often a slip. */
  warnings: readonly string[];
}

export type Environment = Record<string, string | undefined>;

/** The settings of this process, with those of the file `.env` where there is one; what is set already wins. */
export function readEnvironment(): Environment {
  try {
    process.loadEnvFile();
  } catch (error) {
    if (!isMissingFile(error)) throw error;
  }
  return { ...process.env };
}

/** @throws ConfigError */
export function loadConfig(): Config {
  return readConfig(readEnvironment());
}

/** For the roots: a wrong configuration is a list to read, not a stack. */
export function configOrExit(): Config {
  try {
    return loadConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n.env.example explains every setting.\n`);
    process.exit(1);
  }
}

/**
 * Reads settings and the files they name (the office, the keys).
 * @throws ConfigError with every problem at once, in words; never with the value of a secret
 */
export function readConfig(
  env: Environment,
  readFile: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const settings = settingsSchema.safeParse(given);
  const misspelt = misspeltSettings(given);
  const problems = [...missingSettings(given), ...(settings.success ? [] : inWords(settings.error))];
  const collect = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  };
  const office = collect(() => readOffice(given['OFFICE_FILE'], readFile));
  const secretKeys = collect(() => readKeys(given['SECRET_KEYS'], given['SECRET_KEY_FILE'], readFile));
  const tls = settings.success ? collect(() => readTls(settings.data, readFile)) : null;
  if (!settings.success || !office || !secretKeys || tls === undefined || problems.length > 0)
    throw new ConfigError([...misspelt, ...problems]);
  const config = arrange(settings.data, office, secretKeys, tls);
  return deepFreeze({ ...config, warnings: [...misspelt, ...config.warnings] });
}

function arrange(
  settings: Settings,
  office: Office,
  secretKeys: SecretKey[],
  tls: TemporalAccess['tls'],
): Config {
  const { EXACT_ONLINE_CLIENT_ID: clientId, EXACT_ONLINE_CLIENT_SECRET: clientSecret } = settings;
  const { TRYTON_BASE_URL: trytonUrl, TRYTON_DATABASE: trytonDatabase } = settings;
  return {
    temporal: {
      address: required(settings.TEMPORAL_ADDRESS),
      namespace: settings.TEMPORAL_NAMESPACE,
      apiKey: settings.TEMPORAL_API_KEY ?? null,
      tls,
      uiUrl: settings.TEMPORAL_UI_URL ?? null,
    },
    database: settings.DATABASE_URL
      ? { kind: 'postgres', url: settings.DATABASE_URL }
      : { kind: 'sqlite', file: settings.DATABASE_FILE },
    slack: {
      botToken: required(settings.SLACK_BOT_TOKEN),
      appToken: required(settings.SLACK_APP_TOKEN),
      apiUrl: settings.SLACK_API_URL ?? null,
    },
    office,
    web: {
      host: settings.WEB_HOST,
      port: settings.WEB_PORT,
      publicUrl: settings.PUBLIC_URL ?? `http://localhost:${settings.WEB_PORT}`,
      apiToken: required(settings.API_TOKEN),
    },
    workerHealthPort: settings.WORKER_HEALTH_PORT ?? null,
    accounting: {
      exactOnline:
        clientId && clientSecret
          ? {
              baseUrl: settings.EXACT_ONLINE_BASE_URL,
              clientId,
              clientSecret,
              webhooks: webhooksOf(settings),
            }
          : null,
      tryton: trytonUrl && trytonDatabase ? { baseUrl: trytonUrl, database: trytonDatabase } : null,
    },
    bookingHook:
      settings.BOOKING_WEBHOOK_URL && settings.BOOKING_WEBHOOK_SECRET
        ? { url: settings.BOOKING_WEBHOOK_URL, secret: settings.BOOKING_WEBHOOK_SECRET }
        : null,
    secretKeys,
    syncIntervalMs: settings.SYNC_INTERVAL,
    freshness: settings.FRESHNESS,
    loginCheckIntervalMs: settings.LOGIN_CHECK_INTERVAL,
    fullPassEveryMs: settings.FULL_PASS_INTERVAL,
    deletionGuard: settings.DELETION_GUARD,
    logLevel: settings.LOG_LEVEL,
    warnings: doubtfulSettings(settings),
  };
}

function webhooksOf({ PUBLIC_URL: url, EXACT_ONLINE_WEBHOOK_SECRET: secret }: Settings) {
  return url && secret ? { secret, callbackUrl: `${url}/webhooks/exact-online` } : null;
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('A required setting got past the check for missing settings');
  return value;
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || value instanceof Secret) return value;
  Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}

function isMissingFile(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
