import { createHmac } from 'node:crypto';
import type { BookingNotice } from '../../store/bookings/booking-notices.ts';
import { bookingInWords } from '../../words/bookings/status.ts';

/** Where the system that hands bookings over wants to hear what became of them. */
export interface BookingHook {
  /** Sends one notice, once. @throws Error when it was not taken (any answer but 2xx) */
  send(notice: BookingNotice): Promise<void>;
}

const patienceMs = 15_000;

/**
 * Posts notices as the Standard Webhooks specification says (github.com/standard-webhooks/standard-webhooks), for whose
 * signatures there are libraries in most languages: HMAC-SHA256 over `id.timestamp.body`. `secret` without `whsec_`.
 */
export function createBookingHook(options: { url: string; secret: Buffer; now: () => Date }): BookingHook {
  const { url, secret, now } = options;
  return {
    async send({ id, at, facts }) {
      const timestamp = Math.floor(now().getTime() / 1000);
      const body = JSON.stringify({
        type: 'purchase-booking.changed',
        timestamp: at,
        data: bookingInWords(facts),
      });
      const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
      const answer = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.timeout(patienceMs),
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(timestamp),
          'webhook-signature': `v1,${signature}`,
        },
        body,
      });
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(`the notice of a booking was answered with ${answer.status}`);
    },
  };
}
