import { createHash, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../secret.ts';

/** Whether the Authorization header carries the token; takes the same time whatever it carries. */
export function bearerMatches(header: string | undefined, token: Secret): boolean {
  const given = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(token.reveal()));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
