import type { FastifyInstance } from 'fastify';
import { sendProblem } from '../api/problem.ts';
import { createChangeGatherer } from '../sync/change-gatherer.ts';
import type { WebDeps } from '../deps.ts';

type OneSystem = { Params: { system: string } };

/** A call is a few hundred bytes. */
const bodyLimit = 65_536;

/** Where packages call when something changed. They are answered at once; what follows happens later, or not at all. */
export function webhookRoutes(app: FastifyInstance, deps: WebDeps): void {
  const { systems, publicUrl } = deps;
  const gatherer = createChangeGatherer(deps);
  const noteForged = notingForged(deps);
  app.addHook('onClose', () => gatherer.close());
  // The signature is that of the bytes that came.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit }, (_request, body, done) => done(null, body));

  app.post<OneSystem>('/webhooks/:system', (request, reply) => {
    const { system: id } = request.params;
    const calls = systems.all().find((system) => system.id === id)?.changeCalls;
    if (!calls) {
      const detail = 'No accounting system calls here.';
      return sendProblem(reply, publicUrl, { type: 'not-found', status: 404, detail });
    }
    const body = typeof request.body === 'string' ? request.body : '';
    // Exact Online looks whether anybody is there, with an empty call (hookdeck/webhook-skills pull 152).
    if (body === '') return reply.code(200).send();
    const heard = calls.read(body);
    if (heard.says === 'forged') {
      noteForged(id);
      const detail = 'The signature is not that of the accounting system.';
      return sendProblem(reply, publicUrl, { type: 'not-authorised', status: 401, detail });
    }
    if (heard.says === 'changed') gatherer.hear(id, heard.call);
    return reply.code(200).send();
  });
}

const notedEveryMs = 60_000;

/** One line a minute tells how many there were since the last one: whoever finds the address could fill the log. */
function notingForged({ logger, now }: Pick<WebDeps, 'logger' | 'now'>): (system: string) => void {
  let notedAt = -Infinity;
  let calls = 0;
  return (system) => {
    calls += 1;
    if (now().getTime() - notedAt < notedEveryMs) return;
    logger.warn({ system, calls }, 'calls were not signed by the accounting system');
    notedAt = now().getTime();
    calls = 0;
  };
}
