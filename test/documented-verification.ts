import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { runInNewContext } from 'node:vm';

const docs = readFileSync(new URL('../docs/bookings.md', import.meta.url), 'utf8');
const [, code = ''] = /```js\n([\s\S]*?)```/.exec(docs) ?? [];

/** What docs/bookings.md tells callers to verify notices with: that very code. */
export const isGenuine = runInNewContext(`${code.replace(/^import .*$/m, '')}; isGenuine`, {
  createHmac,
  timingSafeEqual,
  Buffer,
}) as (headers: IncomingHttpHeaders, rawBody: string, secret: string) => boolean;
