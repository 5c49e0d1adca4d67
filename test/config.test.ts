import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { ConfigError, readConfig } from '../config.ts';
import type { Config } from '../config.ts';
import { Secret } from '../secret.ts';
import { settingsSchema } from '../settings.ts';
import { parseDuration } from '../domain/duration.ts';

const keyBytes = Buffer.from('0123456789abcdef0123456789abcdef');
const key = keyBytes.toString('base64');
const token = 'a-token-that-nobody-guesses';
const office = {
  id: 'demo',
  name: 'Demo Accountants',
  channelId: 'C1',
  users: [{ id: 'sanne', name: 'Sanne', slackUserId: 'U1', roles: ['superuser'] }],
  teams: [],
};
const files: Record<string, string> = {
  'office.json': JSON.stringify(office),
  keys: `k2:${key}\nk1:${key}\n`,
};
const complete = {
  TEMPORAL_ADDRESS: 'localhost:7233',
  SLACK_BOT_TOKEN: 'xoxb-very-secret-bot',
  SLACK_APP_TOKEN: 'xapp-very-secret-app',
  OFFICE_FILE: 'office.json',
  SECRET_KEY_FILE: 'keys',
  EXACT_ONLINE_CLIENT_ID: 'client',
  EXACT_ONLINE_CLIENT_SECRET: 'very-secret-client',
  API_TOKEN: token,
};

function readFile(path: string): string {
  const text = files[path];
  if (text === undefined) throw Object.assign(new Error(`no ${path}`), { code: 'ENOENT' });
  return text;
}

function read(env: Record<string, string | undefined>): Config {
  return readConfig(env, readFile);
}

function problemsOf(env: Record<string, string | undefined>): readonly string[] {
  try {
    read(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

/** With its secrets. */
function shown(value: unknown): unknown {
  if (value instanceof Secret) return String(value.reveal());
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shown(inner)]));
}

describe('A complete configuration', () => {
  test('is read with defaults for what is not set', () => {
    const config = read(complete);
    expect(config.temporal).toEqual({
      address: 'localhost:7233',
      namespace: 'default',
      apiKey: null,
      tls: null,
      uiUrl: null,
    });
    expect(config.database).toEqual({ kind: 'sqlite', file: '.local/syncuser.sqlite' });
    expect(config.web.publicUrl).toBe('http://localhost:3000');
    expect(config.accounting.exactOnline?.baseUrl).toBe('https://start.exactonline.nl');
    expect(config.accounting.tryton).toBeNull();
    expect(config.syncIntervalMs).toBe(900_000);
    expect(config.office.users[0]?.name).toBe('Sanne');
    expect(config.secretKeys.map(({ id }) => id)).toEqual(['k2', 'k1']);
    expect(config.secretKeys[0]?.key.reveal()).toEqual(keyBytes);
  });

  test('takes PostgreSQL when DATABASE_URL is set', () => {
    const { database } = read({ ...complete, DATABASE_URL: 'postgres://u:p@db/syncuser' });
    expect(database.kind === 'postgres' && database.url.reveal()).toBe('postgres://u:p@db/syncuser');
  });

  test('shows no secret, however it is printed', () => {
    const config = read({
      ...complete,
      DATABASE_URL: 'postgres://u:very-secret@db/s',
      TEMPORAL_API_KEY: 'very-secret',
    });
    const { database, slack } = config;
    const url = database.kind === 'postgres' ? database.url : new Secret('none');
    const printed = [
      JSON.stringify(config),
      inspect(config, { depth: 9, showHidden: true }),
      url.toString(),
      String(slack.botToken),
    ];
    for (const text of printed) {
      expect(text).toContain('[secret]');
      expect(text).not.toContain('very-secret');
      expect(text).not.toContain(key);
    }
  });

  test('cannot be changed afterwards', () => {
    const config = read(complete);
    expect(() => Object.assign(config.web, { port: 1 })).toThrow(TypeError);
    expect(() => Object.assign(config.office, { name: 'Other' })).toThrow(TypeError);
  });

  test('treats an empty value as not set', () => {
    expect(read({ ...complete, SYNC_INTERVAL: '', TRYTON_BASE_URL: '  ' }).syncIntervalMs).toBe(900_000);
  });
});

describe('A setting', () => {
  /** What a configuration is with this setting changed. */
  const changed = (env: Record<string, string>) => shown(read({ ...complete, ...env }));

  test.each<[Record<string, string>, object]>([
    [{ TEMPORAL_ADDRESS: 'temporal:7233' }, { temporal: { address: 'temporal:7233' } }],
    [{ TEMPORAL_NAMESPACE: 'office' }, { temporal: { namespace: 'office' } }],
    [{ TEMPORAL_API_KEY: 'a-key' }, { temporal: { apiKey: 'a-key' } }],
    [{ TEMPORAL_UI_URL: 'https://ui.example/' }, { temporal: { uiUrl: 'https://ui.example' } }],
    [{ DATABASE_URL: 'postgresql://db/s' }, { database: { kind: 'postgres', url: 'postgresql://db/s' } }],
    [{ DATABASE_FILE: '/data/s.sqlite' }, { database: { kind: 'sqlite', file: '/data/s.sqlite' } }],
    [{ SLACK_BOT_TOKEN: 'xoxb-2' }, { slack: { botToken: 'xoxb-2' } }],
    [{ SLACK_APP_TOKEN: 'xapp-2' }, { slack: { appToken: 'xapp-2' } }],
    [{ SLACK_API_URL: 'http://localhost:3100/api/' }, { slack: { apiUrl: 'http://localhost:3100/api/' } }],
    [{ WEB_HOST: '0.0.0.0' }, { web: { host: '0.0.0.0' } }],
    [{ WEB_PORT: '8080' }, { web: { port: 8080, publicUrl: 'http://localhost:8080' } }],
    [
      { PUBLIC_URL: 'https://syncuser.example/', API_TOKEN: token },
      { web: { publicUrl: 'https://syncuser.example', apiToken: token } },
    ],
    [
      { EXACT_ONLINE_BASE_URL: 'https://start.exactonline.be/' },
      { accounting: { exactOnline: { baseUrl: 'https://start.exactonline.be' } } },
    ],
    [
      { EXACT_ONLINE_CLIENT_ID: 'c2', EXACT_ONLINE_CLIENT_SECRET: 's2' },
      { accounting: { exactOnline: { clientId: 'c2', clientSecret: 's2', webhooks: null } } },
    ],
    [
      { EXACT_ONLINE_WEBHOOK_SECRET: 's3', PUBLIC_URL: 'https://syncuser.example', API_TOKEN: token },
      {
        accounting: {
          exactOnline: {
            webhooks: { secret: 's3', callbackUrl: 'https://syncuser.example/webhooks/exact-online' },
          },
        },
      },
    ],
    [
      { TRYTON_BASE_URL: 'http://tryton:8000/', TRYTON_DATABASE: 'books' },
      { accounting: { tryton: { baseUrl: 'http://tryton:8000', database: 'books' } } },
    ],
    [
      {
        BOOKING_WEBHOOK_URL: 'https://books.example/hook',
        BOOKING_WEBHOOK_SECRET: `whsec_${Buffer.from('a secret of thirty-two bytes, ok').toString('base64')}`,
      },
      { bookingHook: { url: 'https://books.example/hook', secret: 'a secret of thirty-two bytes, ok' } },
    ],
    [{ SYNC_INTERVAL: '30m' }, { syncIntervalMs: 1_800_000 }],
    [{ LOGIN_CHECK_INTERVAL: '10m' }, { loginCheckIntervalMs: 600_000 }],
    [{ LOG_LEVEL: 'debug' }, { logLevel: 'debug' }],
  ])('%j has its place', (env, place) => {
    expect(changed({})).not.toMatchObject(place);
    expect(changed(env)).toMatchObject(place);
  });

  test.each<[Record<string, string>, string]>([
    [{ TEMPORAL_UI_URL: 'ui' }, 'TEMPORAL_UI_URL must be an address like https://syncuser.example.com'],
    [{ DATABASE_URL: 'mysql://db/s' }, 'DATABASE_URL must start with "postgres://"'],
    [{ SLACK_API_URL: 'ftp://slack' }, 'SLACK_API_URL must be an address like https://syncuser.example.com'],
    [{ WEB_PORT: '70000' }, 'WEB_PORT'],
    [{ PUBLIC_URL: 'http://localhost:3000/syncuser' }, 'PUBLIC_URL must have no path: pages are at the root'],
    [{ API_TOKEN: '' }, 'API_TOKEN is not set: /api always needs a token'],
    [
      { BOOKING_WEBHOOK_URL: 'https://books.example/hook' },
      'BOOKING_WEBHOOK_URL is set but BOOKING_WEBHOOK_SECRET is not',
    ],
    [
      { BOOKING_WEBHOOK_URL: 'https://books.example/hook', BOOKING_WEBHOOK_SECRET: 'whsec_short' },
      'BOOKING_WEBHOOK_SECRET must be "whsec_" and 24 to 64 bytes in base64',
    ],
    [{ LOGIN_CHECK_INTERVAL: '2d' }, 'LOGIN_CHECK_INTERVAL must be a duration from 1s to 1d, like 15m'],
    [{ SECRET_KEYS: `k3:${key}` }, 'SECRET_KEYS and SECRET_KEY_FILE are both set: only one can hold'],
    [{ API_TOKEN: 'a' }, 'API_TOKEN must be 24 characters or more that nobody guesses'],
    [{ API_TOKEN: 'ab'.repeat(20) }, 'API_TOKEN must be 24 characters or more that nobody guesses'],
    [
      { SECRET_KEYS: `k1:${Buffer.alloc(32).toString('base64')}`, SECRET_KEY_FILE: '' },
      'SECRET_KEYS: key 1 must be random bytes',
    ],
    [
      {
        BOOKING_WEBHOOK_URL: 'https://books.example/hook',
        BOOKING_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32).toString('base64')}`,
      },
      'BOOKING_WEBHOOK_SECRET must be random bytes',
    ],
    [{ PUBLIC_URL: 'http://syncuser.example', API_TOKEN: token }, 'PUBLIC_URL must be an https address'],
    [{ PUBLIC_URL: 'https://a:b@syncuser.example', API_TOKEN: token }, 'PUBLIC_URL must hold no user name'],
    [{ PUBLIC_URL: 'https://syncuser.example/?a=b', API_TOKEN: token }, 'PUBLIC_URL must end after the host'],
    [
      { TRYTON_BASE_URL: 'http://tryton.example', TRYTON_DATABASE: 'books' },
      'TRYTON_BASE_URL must be an https address: passwords travel there',
    ],
    [
      { TRYTON_BASE_URL: 'http://203.0.113.7:8000', TRYTON_DATABASE: 'books' },
      'TRYTON_BASE_URL must be an https address: passwords travel there',
    ],
    [
      { SECRET_KEYS: `k1:${key},k1:${key}`, SECRET_KEY_FILE: '' },
      'SECRET_KEYS has two keys with the same id',
    ],
  ])('%j is refused in words', (env, words) => {
    expect(problemsOf({ ...complete, ...env })).toEqual([expect.stringContaining(words)]);
  });

  test.each(['http://tryton:8000', 'http://10.1.2.3', 'http://[fd00::1]:8000', 'http://books.office.lan'])(
    'for Tryton may be plain http in a network of our own: %s',
    (url) => {
      expect(problemsOf({ ...complete, TRYTON_BASE_URL: url, TRYTON_DATABASE: 'books' })).toEqual([]);
    },
  );

  test('with a name that is nearly right is said, with the right name', () => {
    const words = 'SYNC_INTERVALL is no setting, so it is not read: SYNC_INTERVAL is probably meant';
    expect(read({ ...complete, SYNC_INTERVALL: '5m', PATH: '/bin', TEMPORAL: 'x' }).warnings).toEqual([
      words,
    ]);
    expect(problemsOf({ ...complete, OFFICE_FILE: '', SYNC_INTERVALL: '5m' })[0]).toBe(words);
  });

  test('for calls of Exact Online without an address of our own is taken with a warning', () => {
    const { warnings } = read({ ...complete, EXACT_ONLINE_WEBHOOK_SECRET: 's3' });
    expect(warnings).toEqual([expect.stringContaining('PUBLIC_URL is not')]);
  });

  test('is explained in .env.example, every one of them', () => {
    const explained = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
    const names = [...Object.keys(settingsSchema.shape), 'OFFICE_FILE', 'SECRET_KEYS', 'SECRET_KEY_FILE'];
    expect(names.filter((name) => !explained.includes(`\n${name}=`))).toEqual([]);
  });
});

describe('The promise of freshness', () => {
  const promised = (FRESHNESS?: string) => read({ ...complete, FRESHNESS }).freshness;

  test('is one hour for every kind, unless it is set, also for a kind alone', () => {
    expect(promised()).toMatchObject({ 'gl-account': 3_600_000, item: 3_600_000 });
    expect(promised('30m item=1d')).toMatchObject({ 'gl-account': 1_800_000, item: 86_400_000 });
  });

  test.each(['soon', '1h items=1d', '1h item', '1h item=0s', 'item=1d'])('%s is refused', (words) => {
    expect(() => promised(words)).toThrow('FRESHNESS must be a duration');
  });
});

describe('How carefully deletions are taken', () => {
  test('is said by the interval of full passes and by the guard', () => {
    const day = 86_400_000;
    expect(read(complete)).toMatchObject({
      fullPassEveryMs: 7 * day,
      deletionGuard: { share: 0.2, rows: 50, few: 3, withinMs: day },
    });
    const own = { ...complete, FULL_PASS_INTERVAL: '2d', DELETION_GUARD: '5% 10' };
    expect(read(own)).toMatchObject({ fullPassEveryMs: 2 * day, deletionGuard: { share: 0.05, rows: 10 } });
  });

  test('is refused with words', () => {
    const wrong = { ...complete, FULL_PASS_INTERVAL: '5m', DELETION_GUARD: 'all' };
    expect(problemsOf(wrong)).toEqual([
      'FULL_PASS_INTERVAL must be a duration from 1h to 60d, like 7d',
      'DELETION_GUARD must be a share and a number of rows, like 20% 50',
    ]);
  });
});

describe('The address of Exact Online', () => {
  const warningsOf = (url?: string) => read({ ...complete, EXACT_ONLINE_BASE_URL: url }).warnings;

  test.each([
    undefined,
    'https://start.exactonline.be',
    'https://start.exactonline.co.uk/',
    'http://127.0.0.1:8090',
    'http://localhost:8090',
  ])('%s is taken without a word', (url) => {
    expect(warningsOf(url)).toEqual([]);
  });

  test.each([
    ['https://start.exactonline.nu', 'names start.exactonline.nu, which is no site of Exact Online'],
    ['https://start.exactonline.nl.evil.example', 'names start.exactonline.nl.evil.example'],
    ['https://start.exactonline.nl/api', 'ends in /api'],
  ])('%s is taken with a warning', (url, words) => {
    expect(warningsOf(url)).toEqual([expect.stringContaining(words)]);
  });

  test('must be https when it is not on this machine, for tokens travel there', () => {
    expect(() => warningsOf('http://start.exactonline.nl')).toThrow(
      'EXACT_ONLINE_BASE_URL must be an https address',
    );
  });
});

describe('A wrong configuration', () => {
  test('names the half that is missing and where it is found', () => {
    const half = { ...complete, SLACK_APP_TOKEN: undefined };
    expect(problemsOf(half)).toEqual([
      'SLACK_BOT_TOKEN is set but SLACK_APP_TOKEN is not: both are on the page of the Slack app at https://api.slack.com/apps (see docs/slack-app.md)',
    ]);
    expect(problemsOf({ ...complete, TRYTON_DATABASE: 'books' })[0]).toMatch(
      /^TRYTON_DATABASE is set but TRYTON_BASE_URL is not/,
    );
  });

  test('lists every problem at once', () => {
    const problems = problemsOf({
      ...complete,
      TEMPORAL_ADDRESS: 'http://temporal',
      SLACK_BOT_TOKEN: 'xapp-swapped',
      WEB_PORT: 'eighty',
      SYNC_INTERVAL: 'often',
      LOG_LEVEL: 'loud',
      SECRET_KEY_FILE: 'gone',
    });
    expect(problems).toEqual([
      'TEMPORAL_ADDRESS must be host:port, like localhost:7233',
      'SLACK_BOT_TOKEN must start with "xoxb-"',
      'WEB_PORT must be a port number',
      'SYNC_INTERVAL must be a duration from 1s to 1d, like 15m',
      'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent',
      'SECRET_KEY_FILE gone cannot be read: ENOENT',
    ]);
  });

  test('says what is needed when nothing is set', () => {
    const text = problemsOf({}).join('\n');
    for (const name of [
      'TEMPORAL_ADDRESS',
      'SLACK_BOT_TOKEN',
      'OFFICE_FILE',
      'SECRET_KEYS',
      'no accounting system',
    ]) {
      expect(text).toContain(name);
    }
  });

  test('never repeats a secret', () => {
    const short = Buffer.from('very-secret').toString('base64');
    const problems = problemsOf({
      ...complete,
      SLACK_BOT_TOKEN: 'very-secret',
      SECRET_KEY_FILE: '',
      SECRET_KEYS: `k1:${short}`,
    });
    expect(problems).toHaveLength(2);
    expect(problems.join()).not.toMatch(new RegExp(`very-secret|${short}`));
  });

  test('refuses an office without a superuser, and one that is not JSON', () => {
    files['bad-office.json'] = JSON.stringify({
      ...office,
      users: [{ ...office.users[0], roles: ['accountant'] }],
    });
    files['no-office.json'] = 'office: demo';
    expect(problemsOf({ ...complete, OFFICE_FILE: 'bad-office.json' })).toEqual([
      'OFFICE_FILE bad-office.json: users is wrong: an office needs at least one user with the role superuser who is not inactive',
    ]);
    expect(problemsOf({ ...complete, OFFICE_FILE: 'no-office.json' })[0]).toContain('is not JSON');
  });
});

test.each([
  ['90s', 90_000],
  ['15m', 900_000],
  ['1h30m', 5_400_000],
  ['250ms', 250],
  ['15', NaN],
  ['15 m', NaN],
  ['m15', NaN],
])('The duration %s is %d milliseconds', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test('The file .env counts where the process itself sets nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'syncuser-env-'));
  const config = new URL('../config.ts', import.meta.url).href;
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const code = `import { readEnvironment } from ${JSON.stringify(config)};
    const { SYNC_INTERVAL, WEB_HOST } = readEnvironment();
    console.log(SYNC_INTERVAL, WEB_HOST);`;
  try {
    writeFileSync(join(folder, '.env'), 'SYNC_INTERVAL=5m\nWEB_HOST=0.0.0.0\n');
    const said = execFileSync(process.execPath, ['--import', tsx, '--input-type=module', '-e', code], {
      cwd: folder,
      env: { ...process.env, WEB_HOST: '127.0.0.1' },
    });
    expect(said.toString()).toBe('5m 127.0.0.1\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
