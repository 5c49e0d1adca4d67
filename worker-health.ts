import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from './logger.ts';
import { beatEveryMs, silentForMs, type HeartbeatStore } from './store/heartbeats.ts';

export interface WorkerHealth {
  stop(): Promise<void>;
}

/**
 * Says in the database, again and again, that this worker lives: as long as Temporal answers it and the database takes it.
 * With `listen` it tells the same to whoever asks for `/health`: 200, or 503 when it could not say so for a while.
 */
export async function startWorkerHealth(deps: {
  heartbeats: HeartbeatStore;
  /** Throws or never ends when Temporal does not answer. */
  askTemporal: () => Promise<unknown>;
  logger: Pick<Logger, 'warn'>;
  listen: { host: string; port: number } | null;
  everyMs?: number;
  silentMs?: number;
}): Promise<WorkerHealth> {
  const { heartbeats, askTemporal, logger, listen, everyMs = beatEveryMs, silentMs = silentForMs } = deps;
  let last = 0;
  let isWell = true;

  async function beat(): Promise<void> {
    try {
      await askTemporal();
      await heartbeats.beat('worker');
      last = performance.now();
      isWell = true;
    } catch (error) {
      if (isWell)
        logger.warn({ error: String(error) }, 'this worker cannot work at the moment; it tries again');
      isWell = false;
    }
  }

  await beat();
  const stopped = new AbortController();
  const beating = (async () => {
    while (!stopped.signal.aborted) {
      await sleep(everyMs, undefined, { signal: stopped.signal }).catch(() => {});
      if (!stopped.signal.aborted) await beat();
    }
  })();
  const server = listen && (await listening(listen, () => last > 0 && performance.now() - last < silentMs));
  return {
    async stop() {
      stopped.abort();
      server?.close();
      // One that waits for a frozen database must not hold up the end.
      await Promise.race([
        beating.then(() => heartbeats.stop()).catch(() => {}),
        sleep(1_000, undefined, { ref: false }),
      ]);
    },
  };
}

async function listening(at: { host: string; port: number }, lives: () => boolean): Promise<Server> {
  const server = createServer((request, response) => {
    const isWell = lives();
    const code = request.url !== '/health' ? 404 : isWell ? 200 : 503;
    response
      .writeHead(code, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      .end(JSON.stringify({ status: isWell ? 'ok' : 'degraded' }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(at.port, at.host, resolve);
  });
  return server;
}
