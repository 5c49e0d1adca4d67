import { bookable, type BookingFacts, type NotBookable } from '../../../domain/bookings/bookable.ts';
import { whyNotBooked } from '../../../words/bookings/bookable.ts';
import type { LinkCause } from '../../../domain/causes.ts';
import { lastComplete } from '../../../domain/sync/freshness.ts';
import type { Company } from '../../../domain/connections/company.ts';
import type { ConnectionState, DelayReason } from '../../../domain/connection.ts';
import type { Moment } from '../../../domain/master-data.ts';
import type { SayMoment } from '../../moments.ts';
import { inSeries } from '../../pages/blocks.ts';
import type { Problem } from '../problem.ts';
import type { Ready } from './schemas-connections.ts';

/** Everything the answer depends on; people by name. */
export interface ReadinessFacts extends BookingFacts {
  connection: ConnectionState;
  systemName: string;
  company: Company & { linked: boolean };
  synchronisationUser: string;
  mayReconnect: readonly string[];
  /** Who is mending the open incident. */
  onIt: string | null;
  onItSince: Moment | null;
  /** Since when nothing of this connection is delivered any more, or null. */
  stoppedSince: Moment | null;
  /** How many bookings wait for it already. */
  heldBookings: number;
}

export type BookingCause =
  | LinkCause
  | DelayReason
  | Exclude<NotBookable['why'], 'disconnected' | 'abandoned' | 'delayed'>
  | 'doubtful';

/** May a document of this company be booked now? The detail of a problem is for the person who wants to book. */
export function bookingReadiness(facts: ReadinessFacts, sayMoment: SayMoment): Ready | Problem {
  const answer = bookable(facts);
  if (answer.may !== 'yes') return problem(facts, answer, sayMoment);
  const { connection, company } = facts;
  const lastSuccessAt = lastComplete(facts.data)!;
  return {
    ready: true,
    connection: connection.id,
    company: company.externalId,
    lastSuccessAt,
    note: connection.pausedBy
      ? `The synchronisation has been paused. The master data is from ${sayMoment(lastSuccessAt)}.`
      : null,
    expectedBack: null,
    heldBookings: facts.heldBookings,
  };
}

function problem(facts: ReadinessFacts, answer: NotBookable, sayMoment: SayMoment): Problem {
  const { company, connection, synchronisationUser, systemName: system, onIt } = facts;
  const why = whyNotBooked(answer, connection, {
    system,
    login: connection.login?.accountingUserName ?? synchronisationUser,
    synchronisationUser,
    responders: inSeries(facts.mayReconnect),
    onIt,
    say: sayMoment,
  });
  return {
    ...kindOf[answer.why],
    detail: `Documents of ${company.name} cannot be booked${why}`,
    members: {
      connection: connection.id,
      company: company.externalId,
      cause: causeOf(answer, connection),
      since: sinceOf(answer, facts),
      onIt,
      // Only the package itself gives a time; nobody can promise when a person logs in.
      expectedBack: answer.may === 'waits' ? answer.until : null,
      expected: expected(facts, answer, sayMoment),
      heldBookings: facts.heldBookings,
    },
  };
}

/** A lack of rights is 403: waiting does not help. What the package itself withholds is 503. */
const kindOf: Record<NotBookable['why'], Pick<Problem, 'type' | 'status'>> = {
  disconnected: { type: 'disconnected', status: 503 },
  'not-connected-yet': { type: 'not-connected-yet', status: 503 },
  abandoned: { type: 'not-connected-yet', status: 503 },
  'not-chosen': { type: 'company-not-reachable', status: 403 },
  'no-access': { type: 'company-not-reachable', status: 403 },
  blocked: { type: 'company-not-reachable', status: 503 },
  'licence-expired': { type: 'company-not-reachable', status: 503 },
  archived: { type: 'company-not-reachable', status: 503 },
  gone: { type: 'company-not-reachable', status: 503 },
  'deliveries-stopped': { type: 'deliveries-stopped', status: 503 },
  paused: { type: 'paused', status: 503 },
  'first-sync': { type: 'first-sync', status: 503 },
  delayed: { type: 'delayed', status: 503 },
  'master-data-not-fresh': { type: 'master-data-not-fresh', status: 503 },
};

function causeOf({ why }: NotBookable, { link, health }: ConnectionState): BookingCause {
  if (why === 'disconnected') return link.state === 'disconnected' ? link.cause : 'not-connected-yet';
  if (why === 'abandoned') return 'not-connected-yet';
  const delay = 'reason' in health ? health.reason : 'doubtful';
  if (why === 'delayed') return delay;
  return why === 'first-sync' && health.state !== 'ok' ? delay : why;
}

function sinceOf({ why }: NotBookable, { connection, stoppedSince }: ReadinessFacts): Moment | null {
  const { link, health } = connection;
  if (link.state !== 'connected' || why === 'master-data-not-fresh') return link.since;
  if (why === 'deliveries-stopped') return stoppedSince;
  return (why === 'delayed' || why === 'first-sync') && health.state !== 'ok' ? health.since : null;
}

/** When it goes on, in words, also where only a person can mend it; null when there is nothing to say. */
function expected(facts: ReadinessFacts, answer: NotBookable, sayMoment: SayMoment): string | null {
  const { systemName, onIt, onItSince } = facts;
  if (answer.may === 'waits') return answer.until && `${systemName} goes on at ${sayMoment(answer.until)}.`;
  if (answer.why !== 'disconnected') return null;
  return onIt && onItSince
    ? `${onIt} has been on it since ${sayMoment(onItSince)}.`
    : 'As soon as somebody logs in again; nobody has taken it up yet.';
}
