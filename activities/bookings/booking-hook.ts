import { Webhook } from 'standardwebhooks';
import type { BookingNotice } from '../../store/bookings/booking-notices.ts';
import { bookingInWords } from '../../words/bookings/status.ts';

/** Where the system that hands bookings over wants to hear what became of them. */
export interface BookingHook {
  /** Sends one notice, once. @throws Error when it was not taken (any answer but 2xx) */
  send(notice: BookingNotice): Promise<void>;
}

const patienceMs = 15_000;

/**
 * Posts notices as the Standard Webhooks specification says (github.com/standard-webhooks/standard-webhooks), signed by its
 * own library; there are such in most languages. `secret` without `whsec_`.
 */
export function createBookingHook(options: { url: string; secret: Buffer; now: () => Date }): BookingHook {
  const { url, secret, now } = options;
  const webhook = new Webhook(secret, { format: 'raw' });
  return {
    async send({ id, at, facts }) {
      const sentAt = now();
      const body = JSON.stringify({
        type: 'purchase-booking.changed',
        timestamp: at,
        data: bookingInWords(facts),
      });
      const answer = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.timeout(patienceMs),
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
          'webhook-signature': webhook.sign(id, sentAt, body),
        },
        body,
      });
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(`the notice of a booking was answered with ${answer.status}`);
    },
  };
}
