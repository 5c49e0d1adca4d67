import type { FastifyInstance } from 'fastify';
import { isProblemType, problemTypes } from '../api/problem.ts';
import { sendPage, type WebDeps } from '../deps.ts';
import { noticePage, pageNotFound } from '../pages/notice-page.ts';

/** The addresses in the `type` of our problems answer as pages for people (RFC 9457 section 3.1.1). */
export function problemRoutes(app: FastifyInstance, { office }: WebDeps): void {
  app.get<{ Params: { type: string } }>('/problems/:type', (request, reply) => {
    const { type } = request.params;
    if (!isProblemType(type)) return sendPage(reply, 404, noticePage(office.name, pageNotFound));
    const { title, meaning } = problemTypes[type];
    const notice = {
      status: 200,
      tone: 'calm',
      eyebrow: 'What this answer means',
      title,
      lead: meaning,
    } as const;
    return sendPage(reply, 200, noticePage(office.name, notice));
  });
}
