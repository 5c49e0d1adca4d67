import { z } from 'zod';
import { misfitReasons } from '../../../domain/bookings/booking-fit.ts';
import { monthObstacles } from '../../../domain/bookings/month-readiness.ts';
import {
  bookingStates,
  holdReasons,
  purchaseBookingSchema,
} from '../../../domain/bookings/purchase-booking.ts';
import { count, flag, listOf, moment, object, orNull, text, type Schema } from '../schema-words.ts';

const misfit = object({
  field: { ...text, description: 'Which part: `supplier`, `lines.0.vatCode`, or `booking` for the whole.' },
  value: text,
  why: { enum: [...misfitReasons] },
  words: { ...text, description: 'The same for people.' },
  said: {
    ...orNull(text),
    description:
      'What the accounting system said, which rows a name may mean, or the number of the entry that is there already.',
  },
});

export const bookingStatus = object({
  reference: text,
  connection: text,
  company: text,
  state: { enum: [...bookingStates] },
  reason: { anyOf: [{ enum: [...holdReasons] }, { type: 'null' }], description: 'What it waits for.' },
  until: { ...orNull(moment), description: 'When it goes on, where somebody said so.' },
  misfits: listOf(misfit),
  words: { ...text, description: 'What the state means, for people.' },
  entryNumber: { ...orNull(text), description: 'The number of the entry in the accounting system.' },
  revision: { ...count, description: 'Counts up with every change.' },
  receivedAt: moment,
  changedAt: moment,
});

const handedOver = z.toJSONSchema(purchaseBookingSchema, { io: 'input' });

/** What is sent and answered about purchase bookings, as JSON Schema 2020-12. */
export const bookingSchemas = {
  PurchaseBooking: {
    ...handedOver,
    description:
      'A purchase invoice. Rows of master data are named by id or by code, with `id:` or `code:` before it where it may be either. Amounts are text; the totals must add up. A credit note has negative amounts.',
  } as Schema,
  BookingStatus: bookingStatus,
  Bookings: object({
    bookings: listOf(bookingStatus),
    next: { ...orNull(text), description: 'Give it as `before` for the next page.' },
  }),
  DeliveryStop: object({
    stop: orNull(
      object({
        bookingId: text,
        expectedCompany: text,
        foundCompany: text,
        entries: {
          ...listOf(text),
          description: 'The numbers of its entries, where there is more than one.',
        },
        at: moment,
      }),
    ),
  }),
  MonthReadiness: object({
    connection: text,
    company: text,
    month: text,
    ready: flag,
    reasons: listOf(object({ why: { enum: [...monthObstacles] }, words: text })),
  }),
} satisfies Record<string, Schema>;
