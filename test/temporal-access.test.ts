import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Connection } from '@temporalio/client';
import { settingsSchema } from '../settings.ts';
import { connectionOptions, readTls } from '../temporal-access.ts';
import { readFileSync } from 'node:fs';

const run = promisify(execFile);
let folder: string;
const path = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'syncuser-tls-'));
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder });
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  await openssl('req', '-x509', ...curve, '-subj', '/CN=test CA', '-keyout', 'ca.key', '-out', 'ca.pem');
  for (const name of ['temporal.internal', 'worker'])
    await openssl(
      ...['req', '-x509', ...curve, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-subj', `/CN=${name}`],
      ...['-addext', `subjectAltName=DNS:${name}`, '-addext', 'basicConstraints=CA:FALSE'],
      ...['-keyout', `${name}.key`, '-out', `${name}.pem`],
    );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const tls = (env: Record<string, string>) =>
  readTls(settingsSchema.parse(env), (file) => readFileSync(file, 'utf8'));

test.each<[string, Record<string, string>, object | null]>([
  ['not used unless it is asked for', {}, null],
  ['used when it is switched on', { TEMPORAL_TLS: 'true' }, { ca: null, serverName: null, client: null }],
  ['used with an API key', { TEMPORAL_API_KEY: 'key' }, {}],
  ['used with a name of the server', { TEMPORAL_TLS_SERVER_NAME: 'temporal' }, { serverName: 'temporal' }],
  ['used with a CA as text', { TEMPORAL_TLS_SERVER_CA_CERT_DATA: 'PEM' }, { ca: 'PEM' }],
  ['not used when it is switched off', { TEMPORAL_API_KEY: 'key', TEMPORAL_TLS: 'false' }, null],
])('TLS is %s', (_when, env, expected) => {
  if (expected === null) expect(tls(env)).toBeNull();
  else expect(tls(env)).toMatchObject(expected);
});

test('half a client certificate, a file that is not there and a thing given twice are refused by name', () => {
  expect(() => tls({ TEMPORAL_TLS_CLIENT_CERT_DATA: 'PEM' })).toThrow(
    'TEMPORAL_TLS_CLIENT_KEY belong together',
  );
  expect(() => tls({ TEMPORAL_TLS_CLIENT_KEY_PATH: '/nowhere/key.pem' })).toThrow(
    'TEMPORAL_TLS_CLIENT_KEY_PATH /nowhere/key.pem cannot be read: ENOENT',
  );
  const twice = { TEMPORAL_TLS_SERVER_CA_CERT_PATH: path('ca.pem'), TEMPORAL_TLS_SERVER_CA_CERT_DATA: 'PEM' };
  expect(() => tls(twice)).toThrow('only one can hold');
});

test('a server with a private CA under another name is reached with a client certificate, and not without', async () => {
  const server = createSecureServer({
    cert: await readFile(path('temporal.internal.pem')),
    key: await readFile(path('temporal.internal.key')),
    ca: await readFile(path('ca.pem')),
    requestCert: true,
    rejectUnauthorized: true,
  });
  const clients: string[] = [];
  server.on('stream', (stream) => {
    clients.push(String((stream.session?.socket as TLSSocket).getPeerCertificate().subject.CN));
    // An empty answer of gRPC: GetSystemInfo is all that a client asks when it connects.
    stream.respond({ ':status': 200, 'content-type': 'application/grpc+proto' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(Buffer.alloc(5));
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const connect = async (env: Record<string, string>) => {
    const access = {
      address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
      namespace: 'default',
      apiKey: null,
      tls: tls(env),
    };
    const connection = await Connection.connect({ ...connectionOptions(access), connectTimeout: 3_000 });
    await connection.close();
  };
  const trusted = {
    TEMPORAL_TLS_SERVER_CA_CERT_PATH: path('ca.pem'),
    TEMPORAL_TLS_SERVER_NAME: 'temporal.internal',
  };
  const known = {
    TEMPORAL_TLS_CLIENT_CERT_PATH: path('worker.pem'),
    TEMPORAL_TLS_CLIENT_KEY_PATH: path('worker.key'),
  };
  try {
    await connect({ ...trusted, ...known });
    expect(clients).toEqual(['worker']);
    await expect(connect(trusted)).rejects.toThrow();
    await expect(connect({ ...known, TEMPORAL_TLS_SERVER_NAME: 'temporal.internal' })).rejects.toThrow();
    expect(clients).toEqual(['worker']);
  } finally {
    server.close();
  }
});
