import type { FastifyInstance } from 'fastify';
import type { WebDeps } from '../deps.ts';
import type { HandOver } from './hand-over.ts';

const everyMs = 10_000;
/** Later than this nobody waits for it any more. */
const forgottenAfterMs = 24 * 60 * 60_000;

/**
 * A login may come back while Temporal or this server is being restarted, and its browser be closed before the result
 * page could hand it over. Then this does, while the server listens, so that nobody has to log in again.
 */
export function handOverForgotten(
  app: FastifyInstance,
  { store, logger, now }: Pick<WebDeps, 'store' | 'logger' | 'now'>,
  { handOver }: { handOver: HandOver },
): void {
  async function look(): Promise<void> {
    const since = new Date(now().getTime() - forgottenAfterMs).toISOString();
    for (const login of await store.signIns.returnedSince(since)) await handOver(login);
  }
  const lookAround = () =>
    void look().catch((error: unknown) =>
      logger.warn({ error: String(error) }, 'logins that wait could not be looked for'),
    );
  let looking: NodeJS.Timeout | undefined;
  app.addHook('onListen', async () => {
    lookAround();
    looking = setInterval(lookAround, everyMs);
  });
  app.addHook('onClose', async () => clearInterval(looking));
}
