import { bookingStates } from '../../../domain/bookings/purchase-booking.ts';
import {
  ambiguous,
  company,
  connection,
  inPath,
  inQuery,
  json,
  notFound,
  problem,
  type Json,
} from '../openapi-words.ts';
import { month, typed } from '../schema-words.ts';

const line = [connection('connection'), company];
const one = [...line, inPath('reference', 'The reference the booking was handed over with.')];
const body: Json = {
  required: true,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/PurchaseBooking' } } },
};
const invalid = problem('The booking cannot be read, or its amounts do not add up.');
const unfit = problem('It does not fit; the member misfits says what. Nothing was booked.');
const tooLate = problem(
  'It cannot be changed any more, and the member booking says why; or the name may mean more than one company.',
);
const delivered = json('BookingStatus', 'Delivered, and read back in the accounting system.');
const taken = json('BookingStatus', 'Taken; it is delivered by itself, once and in its turn.');

export const bookingPaths: Record<string, Json> = {
  '/api/connections/{connection}/companies/{company}/purchase-bookings': {
    post: {
      operationId: 'handOverPurchaseBooking',
      summary: 'Hand over a purchase booking',
      description:
        'The reference makes it happen once: the same booking again is answered with its state. Where the office keeps bookings (holdBookings in the office file), one that cannot be delivered now is kept and delivered after the reconnect. Location says where to follow it.',
      parameters: line,
      requestBody: body,
      responses: {
        '200': json('BookingStatus', 'It was handed over before; this is how far it is.'),
        '201': delivered,
        '202': taken,
        '400': invalid,
        '403': problem('The company is not reached, and waiting does not help.'),
        '404': notFound,
        '409': problem(
          'This reference was used for another booking, or the name may mean more than one company.',
        ),
        '422': unfit,
        '503': problem('Not now, and this office does not keep bookings meanwhile.'),
      },
    },
  },
  '/api/connections/{connection}/companies/{company}/purchase-bookings/{reference}': {
    get: {
      operationId: 'getPurchaseBooking',
      summary: 'How far a booking is',
      parameters: one,
      responses: { '200': json('BookingStatus', 'The booking.'), '404': notFound, '409': ambiguous },
    },
    put: {
      operationId: 'correctPurchaseBooking',
      summary: 'Give a booking that is not delivered another content',
      parameters: one,
      requestBody: body,
      responses: {
        '201': delivered,
        '202': taken,
        '400': invalid,
        '404': notFound,
        '409': tooLate,
        '422': unfit,
      },
    },
    delete: {
      operationId: 'withdrawPurchaseBooking',
      summary: 'Take back a booking that is not delivered',
      parameters: [
        ...one,
        inQuery(
          'looked',
          'A person has looked in the accounting system, and it is not there. Then it can be withdrawn although nobody knew what became of it, ten minutes after it was sent.',
          { enum: ['true'] },
        ),
      ],
      responses: {
        '200': json('BookingStatus', 'It is withdrawn.'),
        '400': problem('A part of the query is not understood.'),
        '404': notFound,
        '409': tooLate,
      },
    },
  },
  '/api/connections/{id}/purchase-bookings': {
    get: {
      operationId: 'listPurchaseBookings',
      summary: 'The bookings of a connection',
      parameters: [
        connection('id'),
        inQuery('state', 'Only those in this state.', { enum: [...bookingStates] }),
        inQuery('limit', 'Bookings per page.', { type: 'integer', minimum: 1, maximum: 500, default: 100 }),
        inQuery('before', 'Where the last page ended: its `next`.', typed),
      ],
      responses: {
        '200': json('Bookings', 'Newest first.'),
        '400': problem('A part of the query is not understood.'),
        '404': notFound,
      },
    },
  },
  '/api/connections/{id}/delivery-stop': {
    get: {
      operationId: 'getDeliveryStop',
      summary: 'Whether all deliveries of a connection are stopped, and by which booking',
      parameters: [connection('id')],
      responses: { '200': json('DeliveryStop', 'What stops them, or null.'), '404': notFound },
    },
    delete: {
      operationId: 'liftDeliveryStop',
      summary: 'Let the deliveries go on, after a person has looked',
      parameters: [connection('id')],
      responses: { '204': { description: 'They go on.' }, '404': notFound },
    },
  },
  '/api/connections/{connection}/companies/{company}/month-readiness': {
    get: {
      operationId: 'getMonthReadiness',
      summary: 'May I close the month?',
      parameters: [...line, { ...inQuery('month', 'A month like 2026-10.', month), required: true }],
      responses: {
        '200': json('MonthReadiness', 'Yes, or every reason why not.'),
        '400': problem('The month cannot be read.'),
        '404': notFound,
        '409': ambiguous,
      },
    },
  },
};
