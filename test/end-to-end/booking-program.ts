import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isGenuine } from '../documented-verification.ts';

/** The booking program of the office, as far as it listens. */
export interface BookingProgram {
  /** Where it listens, and what notices to it are signed with. */
  settings: { BOOKING_WEBHOOK_URL: string; BOOKING_WEBHOOK_SECRET: string };
  /** The states of a booking it was told of, by their revision. A notice that is not genuine is not taken. */
  heard: (reference: string) => string[];
  close: () => Promise<void>;
}

interface Notice {
  data: { reference: string; state: string; revision: number };
}

export async function openBookingProgram(): Promise<BookingProgram> {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const notices: Notice['data'][] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const taken = isGenuine(request.headers, body, secret);
      if (taken) notices.push((JSON.parse(body) as Notice).data);
      response.writeHead(taken ? 204 : 401).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    settings: { BOOKING_WEBHOOK_URL: `http://127.0.0.1:${port}/booked`, BOOKING_WEBHOOK_SECRET: secret },
    heard(reference) {
      const states = new Map<number, string>();
      for (const notice of notices)
        if (notice.reference === reference) states.set(notice.revision, notice.state);
      return [...states].toSorted(([one], [other]) => one - other).map(([, state]) => state);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
