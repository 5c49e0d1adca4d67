import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { publishedPatienceMs } from '../patience.ts';

/** What Slack hands to the app: https://docs.slack.dev/apis/events-api/using-socket-mode */
export interface Envelope {
  envelope_id: string;
  type: 'events_api' | 'interactive' | 'slash_commands';
  payload: Record<string, unknown>;
}

/** How the app took it: `answered` with what it said, or why not. */
export type Taken = { how: 'answered'; payload: unknown } | { how: 'timeout' | 'gone' | 'nobody' };

/** An app may hold so many sockets (same page). */
const mostSockets = 10;
/** An event is tried three times more: at once, after a minute, after five (https://docs.slack.dev/apis/events-api). */
const publishedRetries = [0, 60_000, 300_000];

/**
 * Hands each envelope to exactly one of the app's sockets, in turn. An event that is not acknowledged comes again, to any
 * of them; commands and interactions do not.
 */
export function createDeliveries({ onChange }: { onChange?: (connected: boolean) => void } = {}) {
  const sockets: WebSocket[] = [];
  const waiting = new Map<string, { socket: WebSocket; settle: (taken: Taken) => void }>();
  /** Events that nobody acknowledged yet; one that is acknowledged late does not come again. */
  const open = new Set<string>();
  const ended = new AbortController();
  let retriesMs = publishedRetries;
  let patienceMs = publishedPatienceMs;
  let turn = 0;

  function join(socket: WebSocket): void {
    if (sockets.length >= mostSockets) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets' }));
      socket.close();
      return;
    }
    sockets.push(socket);
    socket.on('message', (data: Buffer) => heard(data.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sockets.splice(sockets.indexOf(socket), 1);
      for (const { socket: theirs, settle } of waiting.values())
        if (theirs === socket) settle({ how: 'gone' });
      onChange?.(sockets.length > 0);
    });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: sockets.length,
        connection_info: { app_id: 'A0SYNCUSER' },
        debug_info: { host: 'strict-slack', approximate_connection_time: 18_060 },
      }),
    );
    onChange?.(true);
  }

  function heard(text: string): void {
    const said = parse(text);
    if (!said?.envelope_id) return;
    open.delete(said.envelope_id);
    waiting.get(said.envelope_id)?.settle({ how: 'answered', payload: said.payload });
  }

  function once(envelope: Envelope, attempt: number): Promise<Taken> {
    const ready = sockets.filter((socket) => socket.readyState === socket.OPEN);
    const socket = ready[turn++ % Math.max(1, ready.length)];
    if (!socket) return Promise.resolve({ how: 'nobody' });
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle({ how: 'timeout' }), patienceMs);
      const settle = (taken: Taken) => {
        clearTimeout(timer);
        waiting.delete(envelope.envelope_id);
        resolve(taken);
      };
      waiting.set(envelope.envelope_id, { socket, settle });
      socket.send(
        JSON.stringify({
          ...envelope,
          accepts_response_payload: envelope.type !== 'events_api',
          ...(envelope.type === 'events_api' && {
            retry_attempt: attempt,
            retry_reason: attempt === 0 ? '' : 'timeout',
          }),
        }),
      );
    });
  }

  /** A command or an interaction: once, as Slack does. */
  const ask = (envelope: Envelope) => once(envelope, 0);

  /** An event: until it is acknowledged, or the tries are used up. */
  async function tell(envelope: Envelope): Promise<void> {
    open.add(envelope.envelope_id);
    let taken = await once(envelope, 0);
    for (let attempt = 1; attempt <= 3 && open.has(envelope.envelope_id); attempt += 1) {
      // The socket it was on went away: another one gets it at once.
      const waitMs = taken.how === 'gone' ? 0 : (retriesMs[attempt - 1] ?? 0);
      await sleep(waitMs, undefined, { signal: ended.signal, ref: false }).catch(() => undefined);
      if (ended.signal.aborted || !open.has(envelope.envelope_id)) return;
      taken = await once(envelope, attempt);
    }
    open.delete(envelope.envelope_id);
  }

  return {
    join,
    ask,
    tell,
    connected: () => sockets.length,
    /** After how long an event that was not acknowledged comes again, for tests that cannot wait for minutes. */
    retryAfter(waitsMs: number[] = publishedRetries): void {
      retriesMs = waitsMs;
    },
    /** Within how long the app must acknowledge. */
    waitFor(ms: number = publishedPatienceMs): void {
      patienceMs = ms;
    },
    /** Slack ends the sockets now and then and wants to be connected to anew. */
    disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled'): void {
      for (const socket of [...sockets]) {
        socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'strict-slack' } }));
        if (reason !== 'warning') socket.close();
      }
    },
    close(): void {
      ended.abort();
      for (const socket of [...sockets]) socket.terminate();
    },
  };
}

export type Deliveries = ReturnType<typeof createDeliveries>;

function parse(text: string): { envelope_id?: string; payload?: unknown } | undefined {
  try {
    return JSON.parse(text) as { envelope_id?: string; payload?: unknown };
  } catch {
    return undefined;
  }
}
