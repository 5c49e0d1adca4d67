import { expect, test } from '@jest/globals';
import getPort from 'get-port';
import { createHeartbeatStore } from '../store/heartbeats.ts';
import { startWorkerHealth } from '../worker-health.ts';
import { onBothDatabases } from './database.ts';
import { eventually } from './until.ts';

onBothDatabases((open) => {
  test('a worker lives while Temporal answers it, is dead when it does not, and when it ended', async () => {
    const database = await open();
    const heartbeats = createHeartbeatStore(database);
    const logged: unknown[] = [];
    let answers = true;
    const port = await getPort();
    expect(await heartbeats.lives('worker')).toBe(false);
    const health = await startWorkerHealth({
      heartbeats,
      askTemporal: async () => {
        if (!answers) throw new Error('Temporal is away');
      },
      logger: { warn: (...words: unknown[]) => void logged.push(words) },
      listen: { host: '127.0.0.1', port },
      everyMs: 10,
      silentMs: 200,
    });
    const status = async () => (await fetch(`http://127.0.0.1:${port}/health`)).status;
    expect(await status()).toBe(200);
    expect(await heartbeats.lives('worker')).toBe(true);
    expect(await heartbeats.lives('server')).toBe(false);

    answers = false;
    await eventually(async () => expect(await status()).toBe(503));
    expect(logged).toHaveLength(1); // said once, not at every beat
    const long = '2026-01-01T00:00:00.000Z';
    await database.db.updateTable('heartbeats').set({ at: long }).execute();
    expect(await heartbeats.lives('worker')).toBe(false);

    answers = true;
    await eventually(async () => expect(await status()).toBe(200));
    expect(await heartbeats.lives('worker')).toBe(true);
    await health.stop();
    expect(await heartbeats.lives('worker')).toBe(false);
  });
});
