import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { WebDeps } from '../../deps.ts';

/** What has waited for so long has met more than a limit of a minute. */
const longMs = 90_000;
/** Whoever watches the server has an answer within two seconds. */
const patienceMs = 1_500;

/**
 * For whatever watches the installation: 200 when the database takes what is written, Temporal answers and a worker lives,
 * else 503. That Slack takes nothing from us is nothing that an operator mends here, so it is told with 200.
 */
export function healthRoutes(app: FastifyInstance, { store, gateway, now }: WebDeps): void {
  app.get('/health', async (_request, reply) => {
    const [known, temporal] = await Promise.all([
      Promise.race([
        inDatabase().catch(() => null),
        sleep(patienceMs, null, { ref: false }), // one that is frozen gives no answer at all
      ]),
      gateway.reachable(),
    ]);
    const { worker, slack } = known ?? { worker: null, slack: null };
    const answers = known !== null && temporal && known.worker;
    const isWell = answers && slack?.state === 'ok';
    return reply
      .code(answers ? 200 : 503)
      .send({ status: isWell ? 'ok' : 'degraded', database: known !== null, temporal, worker, slack });
  });

  async function inDatabase() {
    await store.heartbeats.beat('server');
    const [worker, slack] = await Promise.all([store.heartbeats.lives('worker'), slackHealth()]);
    return { worker, slack };
  }

  async function slackHealth() {
    const [unreachable, waiting] = await Promise.all([store.unreachable.all(), store.deliveries.waiting()]);
    const refused = unreachable.find(({ kind }) => kind === 'installation');
    const waitsLong = waiting.since !== null && now().getTime() - Date.parse(waiting.since) > longMs;
    return {
      state: refused ? 'refuses' : waitsLong || unreachable.length > 0 ? 'behind' : 'ok',
      code: refused?.code ?? null,
      waiting: waiting.count,
      waitingSince: waiting.since,
      unreachable: unreachable.filter((one) => one !== refused).length,
    } as const;
  }
}
