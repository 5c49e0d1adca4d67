import { AccountingFailure } from './failure.ts';

export interface HttpRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string | URLSearchParams;
  signal?: AbortSignal | undefined;
  /** @default 30_000 */
  timeoutMs?: number;
}

export interface HttpReply {
  status: number;
  headers: Headers;
  text: string;
}

const defaultTimeoutMs = 30_000;

/**
 * Sends one request, once, and reads the whole reply, whatever its status. Redirects are not followed: no API here
 * needs one, and a token must not travel to another host.
 *
 * @throws AccountingFailure a delay (`outage`) when no reply comes: no connection, or no answer in time
 * @throws the reason of `signal` when the caller gave up
 */
export async function send(url: URL, request: HttpRequest = {}): Promise<HttpReply> {
  const { method = 'GET', headers = {}, body, signal, timeoutMs = defaultTimeoutMs } = request;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    signal?.throwIfAborted();
    const why = timeout.aborted ? `no answer within ${timeoutMs} ms` : networkError(error);
    throw new AccountingFailure(
      { about: 'delay', reason: 'outage', until: null },
      // The query is left out: it may be long, and elsewhere it may hold what is nobody's business.
      `${method} ${url.origin}${url.pathname}: ${why}`,
      { cause: error },
    );
  }
}

/** fetch says "fetch failed" and keeps the reason (ECONNREFUSED …) in its cause. */
function networkError(error: unknown): string {
  const { cause } = error as { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? 'no connection';
}
