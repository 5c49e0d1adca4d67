import type { FastifyRequest } from 'fastify';

/**
 * Whether a form was sent from one of our own pages. Browsers say so in Sec-Fetch-Site, and older ones in Origin,
 * which our `Referrer-Policy: no-referrer` makes `null` (Fetch Standard, "append a request Origin header").
 * A client that says nothing is let through: it still needs the SameSite cookie of the page.
 */
export function cameFromOurPage(request: FastifyRequest, publicUrl: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin } = request.headers;
  return origin === undefined || origin === 'null' || origin === new URL(publicUrl).origin;
}
