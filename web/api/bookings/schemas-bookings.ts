import { z } from 'zod';
import { misfitReasons } from '../../../domain/bookings/booking-fit.ts';
import { monthObstacles } from '../../../domain/bookings/month-readiness.ts';
import {
  bookingStates,
  holdReasons,
  purchaseBookingSchema,
} from '../../../domain/bookings/purchase-booking.ts';
import { answer, body, count, flag, moment, text } from '../schema-words.ts';

export const purchaseBooking = body(
  'PurchaseBooking',
  purchaseBookingSchema.describe(
    'A purchase invoice. Rows of master data are named by id or by code, with `id:` or `code:` before it where it may be either. Amounts are text; the totals must add up. A credit note has negative amounts.',
  ),
);

export const misfit = z.object({
  field: text.describe('Which part: `supplier`, `lines.0.vatCode`, or `booking` for the whole.'),
  value: text,
  why: z.enum(misfitReasons),
  words: text.describe('The same for people.'),
  said: text
    .nullable()
    .describe(
      'What the accounting system said, which rows a name may mean, or the number of the entry that is there already.',
    ),
});

export const bookingStatus = answer(
  'BookingStatus',
  z.object({
    reference: text,
    connection: text,
    company: text,
    state: z.enum(bookingStates),
    reason: z.enum(holdReasons).nullable().describe('What it waits for.'),
    until: moment.nullable().describe('When it goes on, where somebody said so.'),
    misfits: z.array(misfit),
    words: text.describe('What the state means, for people.'),
    entryNumber: text.nullable().describe('The number of the entry in the accounting system.'),
    revision: count.describe('Counts up with every change.'),
    receivedAt: moment,
    changedAt: moment,
  }),
);

export const bookings = answer(
  'Bookings',
  z.object({
    bookings: z.array(bookingStatus),
    next: text.nullable().describe('Give it as `before` for the next page.'),
  }),
);

export const deliveryStop = answer(
  'DeliveryStop',
  z.object({
    stop: z
      .object({
        bookingId: text,
        expectedCompany: text,
        foundCompany: text,
        entries: z.array(text).describe('The numbers of its entries, where there is more than one.'),
        at: moment,
      })
      .nullable(),
  }),
);

export const monthReadinessAnswer = answer(
  'MonthReadiness',
  z.object({
    connection: text,
    company: text,
    month: text,
    ready: flag,
    reasons: z.array(z.object({ why: z.enum(monthObstacles), words: text })),
  }),
);
