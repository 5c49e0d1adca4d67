import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { createBookingHook, type BookingHook } from '../../../activities/bookings/booking-hook.ts';
import type { BookingNotice } from '../../../store/bookings/booking-notices.ts';
import { isGenuine } from '../../documented-verification.ts';

const secret = randomBytes(32);
const notice = {
  id: 'SU-1/2',
  at: '2026-11-25T10:00:00.000Z',
  facts: {
    ...{ reference: 'doc-1', connection: 'exact-online-1', company: '1', state: 'misfit', revision: 2 },
    ...{ reason: null, until: null, entryNumber: null },
    misfits: [{ field: 'supplier', value: '9', why: 'blocked', said: null }],
    receivedAt: '2026-11-25T09:59:00.000Z',
    changedAt: '2026-11-25T10:00:00.000Z',
  },
} satisfies BookingNotice;
let server: Server;
let hook: BookingHook;
let status: number;
let received: { headers: IncomingHttpHeaders; body: string }[];

beforeEach(async () => {
  status = 204;
  received = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/bookings`;
  hook = createBookingHook({ url, secret, now: () => new Date('2026-11-25T10:00:05.000Z') });
});
afterEach(() => void server.close());

test('a notice is signed as Standard Webhooks says, over its id, the time and the body', async () => {
  await hook.send(notice);
  const [{ headers, body } = { headers: {}, body: '' }] = received;
  const signed = `SU-1/2.1795600805.${body}`;
  expect(headers).toMatchObject({
    'webhook-id': 'SU-1/2',
    'webhook-timestamp': '1795600805',
    'webhook-signature': `v1,${createHmac('sha256', secret).update(signed).digest('base64')}`,
  });
  expect(JSON.parse(body)).toEqual({
    type: 'purchase-booking.changed',
    timestamp: notice.at,
    data: {
      ...notice.facts,
      misfits: [{ ...notice.facts.misfits[0], words: 'is blocked' }],
      words: 'It was not booked, because a part of it does not fit. Correct or withdraw it.',
    },
  });
});

test('a notice is genuine by the library of Standard Webhooks; a changed one is not', async () => {
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/`;
  await createBookingHook({ url, secret, now: () => new Date() }).send(notice);
  const [{ headers, body }] = received as [(typeof received)[number]];
  const webhook = new Webhook(`whsec_${secret.toString('base64')}`);
  const verify = (text: string) => webhook.verify(text, headers as Record<string, string>);
  expect(verify(body)).toEqual(JSON.parse(body));
  expect(() => verify(body.replace('"misfit"', '"delivered"'))).toThrow('No matching signature');
});

test('a notice is genuine by the code in our documentation; a forged, a changed and an old one are not', async () => {
  const { port } = server.address() as AddressInfo;
  const at = (ms: number) =>
    createBookingHook({ url: `http://127.0.0.1:${port}/`, secret, now: () => new Date(ms) });
  await at(Date.now()).send(notice);
  await at(Date.now() - 10 * 60_000).send(notice);
  const [now, old] = received;
  const words = `whsec_${secret.toString('base64')}`;
  expect(isGenuine(now!.headers, now!.body, words)).toBe(true);
  expect(isGenuine(now!.headers, now!.body.replace('"misfit"', '"delivered"'), words)).toBe(false);
  expect(isGenuine(now!.headers, now!.body, `whsec_${randomBytes(32).toString('base64')}`)).toBe(false);
  expect(isGenuine(old!.headers, old!.body, words)).toBe(false);
});

test.each([301, 400, 500, 503])('an answer of %i means that it was not taken', async (code) => {
  status = code;
  await expect(hook.send(notice)).rejects.toThrow(String(code));
});

test('a caller that is not there is told later', async () => {
  server.close();
  server.closeAllConnections();
  await expect(hook.send(notice)).rejects.toThrow();
});
