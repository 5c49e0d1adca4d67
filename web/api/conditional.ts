import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Lets a client that has this already go without it (RFC 9110, section 13.1.2). The tag is weak: what stands beside the
 * rows, such as their age, may differ.
 * @returns true when the client has it; then the answer is 304 without a body
 */
export function isKnown(request: FastifyRequest, reply: FastifyReply, version: unknown): boolean {
  const hash = createHash('sha256')
    .update(JSON.stringify([version, request.url]))
    .digest('base64url');
  const tag = `"${hash.slice(0, 22)}"`;
  // To be kept, but asked about each time.
  void reply.header('cache-control', 'private, no-cache').header('etag', `W/${tag}`);
  const known = request.headers['if-none-match']?.split(',').map((one) => one.trim().replace(/^W\//, ''));
  return known?.some((one) => one === tag || one === '*') ?? false;
}
