import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../../config.ts';
import type { Environment } from '../../config.ts';
import { endpointsOf } from '../../start/endpoints.ts';
import { completeEnvironment, localParts, preferredPorts } from '../../start/environment.ts';
import { readDemoOffice } from '../../start/demo-office.ts';

const SECRET_KEYS = `k1:${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;
const API_TOKEN = '0123456789abcdef'.repeat(3);
const office = JSON.stringify(readDemoOffice());

/** What a start with these settings would run, and what its programs would be told. */
function start(given: Environment, options = { tryton: false }) {
  const local = localParts(given, options);
  const env = completeEnvironment({ SECRET_KEYS, API_TOKEN, ...given }, local, preferredPorts, '/data');
  return { local, config: () => readConfig(env, () => office) };
}

describe('With nothing set', () => {
  test('everything is local, and the configuration is complete', () => {
    const { local, config } = start({});
    expect(local).toEqual({ temporal: true, slack: true, exactOnline: true, tryton: false });
    expect(config()).toMatchObject({
      temporal: { address: 'localhost:7233' },
      database: { kind: 'sqlite', file: '/data/syncuser.sqlite' },
      web: { publicUrl: 'http://localhost:3000' },
      syncIntervalMs: 60_000,
      office: { name: 'Demo Accountants' },
    });
  });

  test('Tryton comes beside it on request', () => {
    const { local, config } = start({}, { tryton: true });
    expect(local).toMatchObject({ exactOnline: true, tryton: true });
    expect(config().accounting.tryton?.baseUrl).toBe('http://localhost:3300');
    expect(endpointsOf(config(), local, preferredPorts)).toMatchObject({
      tryton: 'http://localhost:3300',
      accounting: 'http://localhost:3200',
    });
  });
});

describe('What is set', () => {
  test('is used instead of the local part', () => {
    const { local, config } = start({
      TEMPORAL_ADDRESS: 'temporal.example:7233',
      SLACK_BOT_TOKEN: 'xoxb-real',
      SLACK_APP_TOKEN: 'xapp-real',
      OFFICE_FILE: 'office.json',
      EXACT_ONLINE_CLIENT_ID: 'id',
      EXACT_ONLINE_CLIENT_SECRET: 'real',
      PUBLIC_URL: 'https://syncuser.example/',
      API_TOKEN: 'real-and-that-nobody-guesses',
      DATABASE_URL: 'postgres://syncuser:hush@db.example/books',
    });
    expect(Object.values(local)).toEqual([false, false, false, false]);
    const endpoints = endpointsOf(config(), local, preferredPorts);
    expect(endpoints).toEqual({
      temporal: 'temporal.example:7233',
      temporalUi: null,
      slack: 'https://app.slack.com/client',
      web: 'https://syncuser.example',
      accounting: 'https://start.exactonline.nl',
      accountingControl: null,
      database: 'postgres://syncuser@db.example/books',
    });
    expect(config().syncIntervalMs).toBe(900_000);
    expect(config().slack.apiUrl).toBeNull();
  });

  test('in half is not completed with a local part: the configuration says what is missing', () => {
    const { local, config } = start({ SLACK_BOT_TOKEN: 'xoxb-real', OFFICE_FILE: 'office.json' });
    expect(local.slack).toBe(false);
    expect(config).toThrow(/SLACK_BOT_TOKEN is set but SLACK_APP_TOKEN is not/);
  });

  test('a real Tryton stands in for the sandbox', () => {
    const given = { TRYTON_BASE_URL: 'http://localhost:8000', TRYTON_DATABASE: 'books' };
    expect(start(given).local).toMatchObject({ exactOnline: false, tryton: false });
  });
});

describe('The local Slack, in which everybody is a superuser,', () => {
  const tryton = { TRYTON_BASE_URL: 'https://tryton.example', TRYTON_DATABASE: 'books' };
  const exactOnline = { EXACT_ONLINE_CLIENT_ID: 'id', EXACT_ONLINE_CLIENT_SECRET: 'real' };
  const slack = { SLACK_BOT_TOKEN: 'xoxb-real', SLACK_APP_TOKEN: 'xapp-real', OFFICE_FILE: 'office.json' };

  test.each([
    ['the real Exact Online', exactOnline],
    ['another one that is not here', { ...exactOnline, EXACT_ONLINE_BASE_URL: 'https://exact.example' }],
    ['a Tryton that is not here', tryton],
  ])('does not start beside %s', (_, given) => {
    expect(() => start(given)).toThrow(/is not on this machine: in the local Slack everybody/);
    expect(() => start({ ...slack, ...given }).config()).not.toThrow();
  });

  test.each([
    ['the sandboxes', {}],
    ['packages on this machine', { ...exactOnline, EXACT_ONLINE_BASE_URL: 'http://127.0.0.1:3200' }],
  ])('starts beside %s', (_, given) => {
    expect(() => start(given).config()).not.toThrow();
  });
});
