import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { idName } from '../../../domain/meant.ts';
import { purchaseBookingSchema, type PurchaseBooking } from '../../../domain/bookings/purchase-booking.ts';
import { bookingInWords } from '../../../words/bookings/status.ts';
import { statusOf } from '../../../store/bookings/booking-status.ts';
import type { StoredBooking } from '../../../store/bookings/purchase-bookings.ts';
import type { WebDeps } from '../../deps.ts';
import { createBookingHandOver } from '../../booking-hand-over.ts';
import { createSayMoment } from '../../moments.ts';
import { doesNotFit, howToTake, rowsNamed } from './booking-acceptance.ts';
import { findCompany, type FoundCompany } from '../connections/one-company.ts';
import { sendProblem, type Problem } from '../problem.ts';
import { whatIsWrongIn } from '../wrong-body.ts';

type Line = { Params: { connection: string; company: string } };
type One = { Params: { connection: string; company: string; reference: string } };

const path = '/api/connections/:connection/companies/:company/purchase-bookings';
/** What was sent so long ago has come to its end, and whoever looks for it does not look too early. */
const lookedForAfterMs = 10 * 60_000;
const withdrawalSchema = z.object({ looked: z.literal('true').optional() });
/** So long a caller is kept waiting for the entry number; after that they are told that it is under way. */
const patienceMs = 5_000;

/** Purchase bookings are handed over, followed, corrected and withdrawn here. */
export function purchaseBookingRoutes(app: FastifyInstance, deps: WebDeps): void {
  const { store, publicUrl } = deps;
  const kept = store.purchaseBookings;
  const sayMoment = createSayMoment(deps);
  const handOver = createBookingHandOver(deps);
  const refuse = (reply: FastifyReply, problem: Problem) => sendProblem(reply, publicUrl, problem);

  app.post<Line>(path, async (request, reply) => {
    const found = await findCompany(deps, request.params);
    if ('status' in found) return refuse(reply, found);
    const booking = read(request.body);
    if ('status' in booking) return refuse(reply, booking);
    const line = lineOf(found);
    const before = await kept.find(line, booking.reference);
    const admitted = before ? { pinned: before.pinned, hold: null } : await admit(found, booking);
    if ('status' in admitted) return refuse(reply, admitted);
    const { kept: stored, was } = await kept.take(line, { booking, ...admitted });
    if (was === 'other') return refuse(reply, otherContent(stored));
    if (was === 'same') return tell(reply, stored, 200);
    return tellOutcome(reply, stored, await handOver(stored));
  });

  app.get<One>(`${path}/:reference`, async (request, reply) => {
    const stored = await find(request.params);
    return 'status' in stored ? refuse(reply, stored) : tell(reply, stored, 200);
  });

  app.put<One>(`${path}/:reference`, async (request, reply) => {
    const found = await findCompany(deps, request.params);
    if ('status' in found) return refuse(reply, found);
    const stored = await find(request.params);
    if ('status' in stored) return refuse(reply, stored);
    const booking = read(request.body);
    if ('status' in booking) return refuse(reply, booking);
    if (booking.reference !== stored.booking.reference)
      return refuse(reply, invalid('The reference of a booking stays what it is.'));
    const named = await rowsNamed(deps, found, booking);
    if ('status' in named) return refuse(reply, named);
    if (!(await kept.correct(stored.id, { booking, pinned: named.rows })))
      return refuse(reply, tooLate(await current(stored)));
    const corrected = await current(stored);
    return tellOutcome(reply, corrected, await handOver(corrected));
  });

  app.delete<One>(`${path}/:reference`, async (request, reply) => {
    const stored = await find(request.params);
    if ('status' in stored) return refuse(reply, stored);
    const query = withdrawalSchema.safeParse(request.query);
    if (!query.success) return refuse(reply, invalid('looked is "true", or left out.'));
    if (stored.state !== 'withdrawn') {
      const looked = query.data.looked ? { lookedForAfterMs } : {};
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

  async function find(params: One['Params']): Promise<StoredBooking | Problem> {
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

function read(body: unknown): PurchaseBooking | Problem {
  const { data, error } = purchaseBookingSchema.safeParse(body);
  return error ? invalid(whatIsWrongIn(body, error, 'a booking')) : data;
}

function invalid(detail: string): Problem {
  return { type: 'invalid-request', status: 400, detail };
}

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
