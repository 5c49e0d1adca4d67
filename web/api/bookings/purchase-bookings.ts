import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { idName } from '../../../domain/meant.ts';
import type { PurchaseBooking } from '../../../domain/bookings/purchase-booking.ts';
import { bookingInWords } from '../../../words/bookings/status.ts';
import { statusOf } from '../../../store/bookings/booking-status.ts';
import type { StoredBooking } from '../../../store/bookings/purchase-bookings.ts';
import type { WebDeps } from '../../deps.ts';
import { createBookingHandOver } from '../../bookings/hand-over.ts';
import { createSayMoment } from '../../moments.ts';
import { doesNotFit, howToTake, rowsNamed } from './booking-acceptance.ts';
import { findCompany, type FoundCompany } from '../connections/one-company.ts';
import type { Api } from '../openapi.ts';
import { ambiguous, json, notFound, oneCompany, problem } from '../openapi-words.ts';
import { sendProblem, type Problem } from '../problem.ts';
import { typed } from '../schema-words.ts';
import { bookingStatus, purchaseBooking } from './schemas-bookings.ts';

const oneBooking = oneCompany.extend({
  reference: typed.describe('The reference the booking was handed over with.'),
});
const cannotBeRead = problem('The booking cannot be read, or its amounts do not add up.');
const unfit = problem('It does not fit; the member misfits says what. Nothing was booked.');
const cannotBeChanged = problem(
  'It cannot be changed any more, and the member booking says why; or the name may mean more than one company.',
);
const delivered = json(bookingStatus, 'Delivered, and read back in the accounting system.');
const taken = json(bookingStatus, 'Taken; it is delivered by itself, once and in its turn.');

const handingOver = {
  operationId: 'handOverPurchaseBooking',
  summary: 'Hand over a purchase booking',
  description:
    'The reference makes it happen once: the same booking again is answered with its state. Where the office keeps bookings (holdBookings in the office file), one that cannot be delivered now is kept and delivered after the reconnect. Location says where to follow it.',
  params: oneCompany,
  body: purchaseBooking,
  response: {
    200: json(bookingStatus, 'It was handed over before; this is how far it is.'),
    201: delivered,
    202: taken,
    400: cannotBeRead,
    403: problem('The company is not reached, and waiting does not help.'),
    404: notFound,
    409: problem('This reference was used for another booking, or the name may mean more than one company.'),
    422: unfit,
    503: problem('Not now, and this office does not keep bookings meanwhile.'),
  },
};
const following = {
  operationId: 'getPurchaseBooking',
  summary: 'How far a booking is',
  params: oneBooking,
  response: { 200: json(bookingStatus, 'The booking.'), 404: notFound, 409: ambiguous },
};
const correcting = {
  operationId: 'correctPurchaseBooking',
  summary: 'Give a booking that is not delivered another content',
  params: oneBooking,
  body: purchaseBooking,
  response: {
    201: delivered,
    202: taken,
    400: cannotBeRead,
    404: notFound,
    409: cannotBeChanged,
    422: unfit,
  },
};
const withdrawing = {
  operationId: 'withdrawPurchaseBooking',
  summary: 'Take back a booking that is not delivered',
  params: oneBooking,
  querystring: z.object({
    looked: z
      .enum(['true'], 'is "true", or left out')
      .optional()
      .describe(
        'A person has looked in the accounting system, and it is not there. Then it can be withdrawn although nobody knew what became of it, ten minutes after it was sent.',
      ),
  }),
  response: {
    200: json(bookingStatus, 'It is withdrawn.'),
    400: problem('A part of the query is not understood.'),
    404: notFound,
    409: cannotBeChanged,
  },
};

const path = '/api/connections/:connection/companies/:company/purchase-bookings';
/** What was sent so long ago has come to its end, and whoever looks for it does not look too early. */
const lookedForAfterMs = 10 * 60_000;
/** So long a caller is kept waiting for the entry number; after that they are told that it is under way. */
const patienceMs = 5_000;

/** Purchase bookings are handed over, followed, corrected and withdrawn here. */
export function purchaseBookingRoutes(app: Api, deps: WebDeps): void {
  const { store, publicUrl } = deps;
  const kept = store.purchaseBookings;
  const sayMoment = createSayMoment(deps);
  const handOver = createBookingHandOver(deps);
  const refuse = (reply: FastifyReply, problem: Problem) => sendProblem(reply, publicUrl, problem);

  app.post(path, { schema: handingOver }, async (request, reply) => {
    const found = await findCompany(deps, request.params);
    if ('status' in found) return refuse(reply, found);
    const { body: booking } = request;
    const line = lineOf(found);
    const before = await kept.find(line, booking.reference);
    const admitted = before ? { pinned: before.pinned, hold: null } : await admit(found, booking);
    if ('status' in admitted) return refuse(reply, admitted);
    const { kept: stored, was } = await kept.take(line, { booking, ...admitted });
    if (was === 'other') return refuse(reply, otherContent(stored));
    if (was === 'same') return tell(reply, stored, 200);
    return tellOutcome(reply, stored, await handOver(stored));
  });

  app.get(`${path}/:reference`, { schema: following }, async (request, reply) => {
    const stored = await find(request.params);
    return 'status' in stored ? refuse(reply, stored) : tell(reply, stored, 200);
  });

  app.put(`${path}/:reference`, { schema: correcting }, async (request, reply) => {
    const found = await findCompany(deps, request.params);
    if ('status' in found) return refuse(reply, found);
    const stored = await find(request.params);
    if ('status' in stored) return refuse(reply, stored);
    const { body: booking } = request;
    if (booking.reference !== stored.booking.reference) return refuse(reply, anotherReference);
    const named = await rowsNamed(deps, found, booking);
    if ('status' in named) return refuse(reply, named);
    if (!(await kept.correct(stored.id, { booking, pinned: named.rows })))
      return refuse(reply, tooLate(await current(stored)));
    const corrected = await current(stored);
    return tellOutcome(reply, corrected, await handOver(corrected));
  });

  app.delete(`${path}/:reference`, { schema: withdrawing }, async (request, reply) => {
    const stored = await find(request.params);
    if ('status' in stored) return refuse(reply, stored);
    if (stored.state !== 'withdrawn') {
      const looked = request.query.looked ? { lookedForAfterMs } : {};
      if (!(await kept.withdraw(stored.id, looked))) return refuse(reply, tooLate(await current(stored)));
      await handOver(stored);
    }
    return tell(reply, await current(stored), 200);
  });

  async function admit(found: FoundCompany, booking: PurchaseBooking) {
    const how = await howToTake(deps, found, sayMoment);
    if ('status' in how) return how;
    const named = await rowsNamed(deps, found, booking);
    return 'status' in named ? named : { pinned: named.rows, hold: how.hold };
  }

  async function find(params: z.infer<typeof oneBooking>): Promise<StoredBooking | Problem> {
    const found = await findCompany(deps, params);
    if ('status' in found) return found;
    const stored = await kept.find(lineOf(found), params.reference);
    const detail = `There is no booking "${params.reference}" of this company.`;
    return stored ?? { type: 'not-found', status: 404, detail };
  }

  async function current({ id }: StoredBooking): Promise<StoredBooking> {
    const stored = await kept.get(id);
    if (!stored) throw new Error(`Booking ${id} is gone`);
    return stored;
  }

  /** Waits a moment for the entry number, if its delivery has begun. */
  async function tellOutcome(
    reply: FastifyReply,
    { id }: StoredBooking,
    hasBegun: boolean,
  ): Promise<FastifyReply> {
    const until = Date.now() + (hasBegun ? patienceMs : 0);
    for (;;) {
      const stored = await kept.get(id);
      if (!stored) throw new Error(`Booking ${id} is gone`);
      if (stored.state === 'accepted' && Date.now() < until) {
        await sleep(100);
        continue;
      }
      if (stored.state === 'misfit') {
        reply.header('location', addressOf(stored));
        return refuse(reply, doesNotFit(stored.misfits, { booking: bookingInWords(statusOf(stored)) }));
      }
      return tell(reply, stored, stored.state === 'delivered' ? 201 : 202);
    }
  }

  function tell(reply: FastifyReply, stored: StoredBooking, status: number): FastifyReply {
    return reply
      .code(status)
      .header('location', addressOf(stored))
      .send(bookingInWords(statusOf(stored)));
  }

  /** It means this company for ever, whatever codes there will be. */
  function addressOf({ connectionId, companyId, booking }: StoredBooking): string {
    const [connection, company, reference] = [
      connectionId,
      idName({ externalId: companyId }),
      booking.reference,
    ].map(encodeURIComponent);
    return `${publicUrl}/api/connections/${connection}/companies/${company}/purchase-bookings/${reference}`;
  }
}

const lineOf = ({ connection, company }: FoundCompany) => ({
  connectionId: connection.id,
  companyId: company.externalId,
});

const anotherReference: Problem = {
  type: 'invalid-request',
  status: 400,
  detail: 'The reference of a booking stays what it is.',
};

function otherContent(stored: StoredBooking): Problem {
  const detail = `The booking ${stored.booking.reference} was handed over before, with other content.`;
  return {
    type: 'other-content',
    status: 409,
    detail,
    members: { booking: bookingInWords(statusOf(stored)) },
  };
}

function tooLate(stored: StoredBooking): Problem {
  const booking = bookingInWords(statusOf(stored));
  const detail = `The booking ${booking.reference} cannot be changed any more. ${booking.words}`;
  return { type: 'too-late', status: 409, detail, members: { booking } };
}
