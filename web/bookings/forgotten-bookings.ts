import type { FastifyInstance } from 'fastify';
import { createBookingHandOver } from './hand-over.ts';
import type { WebDeps } from '../deps.ts';

const everyMs = 10_000;

/**
 * What was stored while Temporal was down, or just before this server died, is handed over as soon as it can be, so that
 * a caller who got an answer need not ask again.
 */
export function handOverBookings(
  app: FastifyInstance,
  deps: Pick<WebDeps, 'store' | 'gateway' | 'logger'>,
): void {
  const handOver = createBookingHandOver(deps);
  async function look(): Promise<void> {
    for (const stored of await deps.store.purchaseBookings.notHandedOver()) await handOver(stored);
  }
  const lookAround = () =>
    void look().catch((error: unknown) =>
      deps.logger.warn({ error: String(error) }, 'bookings that wait could not be looked for'),
    );
  let looking: NodeJS.Timeout | undefined;
  app.addHook('onListen', async () => {
    lookAround();
    looking = setInterval(lookAround, everyMs);
  });
  app.addHook('onClose', async () => clearInterval(looking));
}
