import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { choosePorts } from '../../start/ports.ts';

const open: Server[] = [];
afterEach(() => open.splice(0).forEach((server) => server.close()));

/** A port that somebody else listens on. */
async function takenPort(): Promise<number> {
  const server = createServer();
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const port = await takenPort();
  await new Promise((resolve) => open.pop()?.close(resolve));
  return port;
}

describe('Choosing ports', () => {
  test('takes the next free one for a taken one, and says so', async () => {
    const said: string[] = [];
    const taken = await takenPort();
    const { web } = await choosePorts({
      preferred: { web: taken },
      last: {},
      anyFree: false,
      say: (s) => said.push(s),
    });
    expect(web).toBeGreaterThan(taken);
    expect(said).toEqual([`port ${taken} is taken, using ${web} (web)`]);
  });

  test('keeps the ports of the last start where they are free', async () => {
    const said: string[] = [];
    const last = { web: await freePort(), slack: await takenPort() };
    const preferred = { web: await freePort(), slack: await freePort() };
    const ports = await choosePorts({ preferred, last, anyFree: false, say: (s) => said.push(s) });
    expect(ports).toEqual({ web: last.web, slack: preferred.slack });
    expect(said).toEqual([`port ${last.slack} is taken, using ${preferred.slack} (slack)`]);
  });

  test('gives no port to two parts', async () => {
    const port = await freePort();
    const ports = await choosePorts({
      preferred: { web: port, slack: port },
      last: {},
      anyFree: false,
      say: () => undefined,
    });
    expect(ports.web).toBe(port);
    expect(ports.slack).not.toBe(port);
  });

  test('takes any free ones on request, without a word', async () => {
    const said: string[] = [];
    const preferred = { web: await freePort() };
    const ports = await choosePorts({ preferred, last: {}, anyFree: true, say: (s) => said.push(s) });
    expect(ports.web).toBeGreaterThan(1023);
    expect(said).toEqual([]);
  });
});
