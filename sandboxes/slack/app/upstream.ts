import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { localApp } from '../local/workspace.ts';
import type { Envelope } from './deliveries.ts';

/**
 * Our one socket to the local Slack, which would send everything to every socket. Each envelope is answered with what
 * `take` gives.
 * @returns what ends it; the promise resolves when it is connected for the first time
 */
export async function connectUpstream(
  target: string,
  take: (envelope: Envelope) => Promise<unknown>,
): Promise<{ close: () => void }> {
  let current: WebSocket | undefined;
  let closed = false;

  async function connect(): Promise<void> {
    const response = await fetch(`${target}/api/apps.connections.open`, {
      method: 'POST',
      headers: { authorization: `Bearer ${localApp.appToken}` },
    });
    const { url } = (await response.json()) as { url: string };
    const socket = new WebSocket(url);
    current = socket;
    socket.on('message', (data: Buffer) => {
      const envelope = JSON.parse(data.toString()) as Partial<Envelope>;
      if (!envelope.envelope_id) return;
      take(envelope as Envelope)
        .catch(() => undefined)
        .then((payload) =>
          socket.send(
            JSON.stringify({ envelope_id: envelope.envelope_id, ...(payload !== undefined && { payload }) }),
          ),
        )
        .catch(() => undefined);
    });
    await new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject));
    socket.on('error', () => undefined);
    socket.once('close', () => void again());
  }

  async function again(): Promise<void> {
    while (!closed) {
      await sleep(200);
      if (
        closed ||
        (await connect().then(
          () => true,
          () => false,
        ))
      )
        return;
    }
  }

  await connect();
  return {
    close() {
      closed = true;
      current?.terminate();
    },
  };
}
