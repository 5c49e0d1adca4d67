import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import getPort from 'get-port';
import { startParts } from '../../bench/parts/processes.ts';
import { startOnFreePorts } from '../../start/ports.ts';
import { createSupervisor, type Part } from '../../start/processes.ts';

const strangers: Server[] = [];
let folder: string;
const ends: (() => unknown)[] = [];
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'syncuser-taken-'))));
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  for (const stranger of strangers.splice(0)) stranger.close();
  rmSync(folder, { recursive: true });
});

/** Somebody else who listens, there or on a free port. */
async function stranger(port = 0): Promise<number> {
  const server = createServer().listen(port, '127.0.0.1');
  strangers.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A program that listens, says where, and ends when it cannot. */
function listener(name: string, port: number): Part {
  const code = `require('node:http').createServer((_, response) => response.end('${name}'))
    .listen(${port}, '127.0.0.1', () => console.log('ready on ${port}'));`;
  return { name, command: process.execPath, args: ['-e', code], ready: /^ready/, ports: [port] };
}

const freePorts = async () => ({ slack: await getPort(), web: await getPort() });
const answerOf = async (port: number) => (await fetch(`http://127.0.0.1:${port}/`)).text();

/** Both ways in which parts are started: by `npm start`, and by the benches. */
const starters = {
  'npm start': async (parts: Part[], say: (sentence: string) => void) => {
    const supervisor = createSupervisor({ logDirectory: folder, say, pauseMs: 1 });
    ends.push(() => supervisor.stop());
    try {
      await supervisor.start(parts);
    } catch (error) {
      await supervisor.stop();
      throw error;
    }
  },
  'a bench': (parts: Part[]) => startParts({ folder, atEnd: (tidy) => void ends.push(tidy) }, parts),
};

describe.each(Object.entries(starters))(
  'A port that is taken between choosing and starting, by %s',
  (_, begin) => {
    test('is exchanged for another, which is said, and the other ports stay', async () => {
      const free = await freePorts();
      await stranger(free.slack);
      const said: string[] = [];
      const ports = await startOnFreePorts(
        free,
        async (now) => {
          await begin([listener('slack', now.slack), listener('web', now.web)], () => undefined);
          return now;
        },
        (sentence) => said.push(sentence),
      );
      expect(ports.web).toBe(free.web);
      expect(ports.slack).not.toBe(free.slack);
      expect(said).toEqual([`port ${free.slack} was taken meanwhile, using ${ports.slack} (slack)`]);
      expect([await answerOf(ports.slack), await answerOf(ports.web)]).toEqual(['slack', 'web']);
    });

    test('is exchanged also when it is taken again and again, but not for ever', async () => {
      const tried: number[] = [];
      const starting = startOnFreePorts({ slack: await getPort() }, async ({ slack }) => {
        tried.push(slack);
        await stranger(slack);
        await begin([listener('slack', slack)], () => undefined);
      });
      await expect(starting).rejects.toThrow(/slack ended \(code 1\)[^]*EADDRINUSE/);
      expect(new Set(tried).size).toBe(5);
    });

    test('has nothing to do with a part that ends for another reason', async () => {
      let starts = 0;
      const starting = startOnFreePorts(await freePorts(), async ({ web }) => {
        starts += 1;
        const broken = { ...listener('slack', web), args: ['-e', 'process.exit(3)'] };
        await begin([broken], () => undefined);
      });
      await expect(starting).rejects.toThrow('slack ended (code 3)');
      expect(starts).toBe(1);
    });
  },
);

test('a part that waits to answer is not taken for ready when a stranger answers in its place', async () => {
  const port = await stranger();
  const { name, command, args, ready } = listener('temporal', port);
  let asked = 0;
  const answers = async () => void (asked += 1);
  const start = startParts({ folder, atEnd: (tidy) => void ends.push(tidy) }, [
    { name, command, args, ready, answers },
  ]);
  await expect(start).rejects.toThrow(/EADDRINUSE/);
  expect(asked).toBe(0);
});
