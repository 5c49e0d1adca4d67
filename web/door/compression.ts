import { promisify } from 'node:util';
import { gzip as gzipOf } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

const gzip = promisify(gzipOf);

/** Less than this fits into one packet anyway. */
const smallest = 1_400;
const wordy = /^(text\/|image\/svg\+xml|application\/([\w.-]+\+)?json)/;

/**
 * Answers in gzip whoever takes it (RFC 9110, section 12.5.3): a list of 250 companies is a tenth of its size. Nothing that
 * stands beside a secret of ours in an answer can be written by another site, which is what compression could betray.
 */
export function compressAnswers(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const type = String(reply.getHeader('content-type') ?? '');
    if (typeof payload !== 'string' || payload.length < smallest || !wordy.test(type)) return payload;
    void reply.header('vary', 'accept-encoding');
    if (!takesGzip(request.headers['accept-encoding'])) return payload;
    const small = await gzip(payload);
    void reply.header('content-encoding', 'gzip').header('content-length', small.length);
    return small;
  });
}

/** `gzip`, or `*` where gzip is not named; a weight of 0 refuses. */
function takesGzip(accepted: string | string[] | undefined): boolean {
  const codings = String(accepted ?? '')
    .split(',')
    .map((one) => one.split(';').map((part) => part.trim().toLowerCase()));
  const named = codings.find(([name]) => name === 'gzip') ?? codings.find(([name]) => name === '*');
  return named !== undefined && !named.slice(1).some((weight) => /^q=0(\.0*)?$/.test(weight));
}
