import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { placeOf, unfitPart } from '../../domain/plain-text.ts';

/** Deeper than anything that is taken here, so the place says nothing to anybody. */
const deepest = 10;

/**
 * Answers by `refuse`, with a sentence that says where, when a text in the address, the query or the body cannot be taken
 * (domain/plain-text.ts), so that no route meets one, nor its schemas. A body that stayed text is looked at by whoever reads it.
 */
export function refuseUnfitText(
  app: FastifyInstance,
  refuse: (request: FastifyRequest, reply: FastifyReply, detail: string) => FastifyReply,
): void {
  app.addHook('preValidation', async (request, reply) => {
    const body = typeof request.body === 'string' ? null : request.body;
    const parts = { address: request.params, query: request.query, body };
    for (const [name, part] of Object.entries(parts)) {
      const unfit = unfitPart(part);
      if (!unfit) continue;
      const place = name === 'body' && unfit.path.length <= deepest ? placeOf(unfit.path) : '';
      return refuse(request, reply, `${place || `The ${name}`} ${unfit.why}.`);
    }
  });
}
