import { once } from 'node:events';
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often a port that is taken is tried again: whoever had it last may be ending just now. */
const tries = 15;

/** Longer than any client leaves a connection idle, so that none asks in the moment in which this end closes it. */
const keepAliveMs = 120_000;

/**
 * Listens on this machine only; port zero takes a free one.
 * @throws Error when the port stays taken
 */
export async function listen(server: Server, port: number): Promise<void> {
  server.keepAliveTimeout = keepAliveMs;
  for (let attempt = 1; ; attempt += 1) {
    server.listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || attempt === tries) throw error;
      await sleep(200);
    }
  }
}
