import { storable } from '../domain/plain-text.ts';
import { AccountingFailure } from './failure.ts';

export interface HttpRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string | URLSearchParams;
  signal?: AbortSignal | undefined;
  /** @default 30_000 */
  timeoutMs?: number;
  /** How long a body may be, unpacked: what is longer is cut off. @default 20_000_000 */
  maxBytes?: number;
}

export interface HttpReply {
  status: number;
  headers: Headers;
  text: string;
}

const defaultTimeoutMs = 30_000;
/** A thousand rows are about one million bytes. */
const defaultMaxBytes = 20_000_000;

/**
 * Sends one request, once, and reads the whole reply, whatever its status. Redirects are not followed: no API here
 * needs one, and a token must not travel to another host.
 *
 * @throws AccountingFailure a delay (`outage`) when no reply comes: no connection, or no answer in time; `reply` when the
 *   body has no end in sight
 * @throws the reason of `signal` when the caller gave up
 */
export async function send(url: URL, request: HttpRequest = {}): Promise<HttpReply> {
  const { method = 'GET', headers = {}, body, signal } = request;
  const { timeoutMs = defaultTimeoutMs, maxBytes = defaultMaxBytes } = request;
  // The query is left out: it may be long, and elsewhere it may hold what is nobody's business.
  const where = `${method} ${url.origin}${url.pathname}`;
  const patience = limitedPatience(timeoutMs, signal);
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: patience.signal,
      ...(body === undefined ? {} : { body }),
    });
    const text = await readText(response, maxBytes);
    if (text !== null) return { status: response.status, headers: response.headers, text };
  } catch (error) {
    signal?.throwIfAborted();
    const why = patience.isOver() ? `no answer within ${timeoutMs} ms` : networkError(error);
    throw new AccountingFailure({ about: 'delay', reason: 'outage', until: null }, `${where}: ${why}`, {
      cause: error,
    });
  } finally {
    patience.end();
  }
  throw new AccountingFailure({ about: 'reply' }, `${where}: the answer is longer than ${maxBytes} bytes`);
}

/**
 * Aborts when the caller does, or after so long. `end` lets go of both: a signal that lives as long as a whole round,
 * or a timer of half a minute, would keep the answer of every call in memory meanwhile.
 */
function limitedPatience(timeoutMs: number, caller: AbortSignal | undefined) {
  const controller = new AbortController();
  const giveUp = () => controller.abort(caller?.reason);
  let over = false;
  const timer = setTimeout(() => {
    over = true;
    controller.abort();
  }, timeoutMs);
  if (caller?.aborted) giveUp();
  else caller?.addEventListener('abort', giveUp);
  return {
    signal: controller.signal,
    isOver: () => over,
    end() {
      clearTimeout(timer);
      caller?.removeEventListener('abort', giveUp);
    },
  };
}

/** The whole body, or null when it is too long; then the connection is dropped. */
async function readText(response: Response, maxBytes: number): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    // Leaving the loop cancels the body.
    if (length > maxBytes) return null;
    chunks.push(chunk);
  }
  return storable(new TextDecoder().decode(Buffer.concat(chunks)));
}

/** fetch says "fetch failed" and keeps the reason (ECONNREFUSED …) in its cause. */
function networkError(error: unknown): string {
  const { cause } = error as { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? 'no connection';
}
