import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { WebDeps } from '../../deps.ts';
import type { Api } from '../openapi.ts';
import { json } from '../openapi-words.ts';
import { answer, count, flag, moment, text } from '../schema-words.ts';

/** What has waited for so long has met more than a limit of a minute. */
const longMs = 90_000;
/** Whoever watches the server has an answer within two seconds. */
const patienceMs = 1_500;

const health = answer(
  'Health',
  z.object({
    status: z.enum(['ok', 'degraded']),
    database: flag,
    temporal: flag,
    worker: flag
      .nullable()
      .describe('Whether a worker lived a moment ago; null when the database does not answer.'),
    slack: z
      .object({
        state: z
          .enum(['ok', 'behind', 'refuses'])
          .describe(
            '`behind`: something waits for more than a minute and a half to be said, or somebody cannot be reached; `refuses`: Slack takes nothing from Syncuser.',
          ),
        code: text.nullable(),
        waiting: count,
        waitingSince: moment.nullable(),
        unreachable: count,
      })
      .nullable(),
  }),
);
const schema = {
  operationId: 'getHealth',
  summary: 'Whether the server works and what it needs answers',
  security: [],
  response: { 200: json(health, 'All answer.'), 503: json(health, 'Something does not answer.') },
};

/**
 * For whatever watches the installation: 200 when the database takes what is written, Temporal answers and a worker lives,
 * else 503. That Slack takes nothing from us is nothing that an operator mends here, so it is told with 200.
 */
export function healthRoutes(app: Api, { store, gateway, now }: WebDeps): void {
  app.get('/health', { schema }, async (_request, reply) => {
    const [known, temporal] = await Promise.all([
      Promise.race([
        inDatabase().catch(() => null),
        sleep(patienceMs, null, { ref: false }), // one that is frozen gives no answer at all
      ]),
      gateway.reachable(),
    ]);
    const { worker, slack } = known ?? { worker: null, slack: null };
    const answers = known !== null && temporal && known.worker;
    const status = answers && slack?.state === 'ok' ? ('ok' as const) : ('degraded' as const);
    void reply.code(answers ? 200 : 503);
    return { status, database: known !== null, temporal, worker, slack };
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
