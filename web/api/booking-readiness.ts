import type { LinkCause } from '../../domain/causes.ts';
import type { Company, CompanyStatus } from '../../domain/company.ts';
import type { ConnectionState, DelayReason } from '../../domain/connection.ts';
import type { Moment } from '../../domain/master-data.ts';
import { holdWords } from '../../domain/purchase-booking.ts';
import { sayDelay, whyDisconnected } from '../connection-words.ts';
import type { SayMoment } from '../moments.ts';
import { inSeries } from '../pages/blocks.ts';
import type { Problem } from './problem.ts';

/** Everything the answer depends on; people by name. */
export interface BookingFacts {
  connection: ConnectionState;
  systemName: string;
  company: Company & { linked: boolean };
  /** When the master data of this company last came in, or null if it never did. */
  lastSuccessAt: Moment | null;
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

export interface Ready {
  ready: true;
  connection: string;
  company: string;
  /** How fresh the master data is. */
  lastSuccessAt: Moment;
  /** What a booking user may want to know although it does not stop him. */
  note: string | null;
  /** While the package limits us: when it says that it goes on. */
  expectedBack: Moment | null;
  /** Bookings that were handed over and wait. */
  heldBookings: number;
}

export type BookingCause =
  | LinkCause
  | DelayReason
  | Exclude<CompanyStatus, 'reachable'>
  | 'not-connected-yet'
  | 'not-chosen'
  | 'deliveries-stopped'
  | 'first-sync';

/** May a document of this company be booked now? The detail of a problem is for the person who wants to book. */
export function bookingReadiness(facts: BookingFacts, sayMoment: SayMoment): Ready | Problem {
  const refusal =
    linkRefusal(facts, sayMoment) ??
    companyRefusal(facts) ??
    stopRefusal(facts) ??
    firstSyncRefusal(facts, sayMoment);
  if (refusal) return problem(facts, refusal, sayMoment);
  const { connection, company } = facts;
  return {
    ready: true,
    connection: connection.id,
    company: company.externalId,
    lastSuccessAt: facts.lastSuccessAt!,
    note: noteFor(facts, sayMoment),
    expectedBack: expectedBack(facts),
    heldBookings: facts.heldBookings,
  };
}

interface Refusal {
  type: Problem['type'];
  status: 403 | 503;
  cause: BookingCause;
  since: Moment | null;
  /** Goes on after "Documents of (company) cannot be booked". */
  why: string;
}

function linkRefusal(facts: BookingFacts, sayMoment: SayMoment): Refusal | null {
  const { connection, systemName, synchronisationUser, mayReconnect, onIt } = facts;
  const { link } = connection;
  if (link.state === 'connected') return null;
  const base = { status: 503, since: link.since } as const;
  if (link.state === 'disconnected') {
    const repair = onIt ? `${onIt} is on it.` : 'nobody has taken it up yet.';
    const why = `at the moment: ${systemName} is disconnected since ${sayMoment(link.since)} because ${whyDisconnected(connection, systemName)}. ${inSeries(mayReconnect)} can reconnect it; ${repair}`;
    return { ...base, type: 'disconnected', cause: link.cause, why };
  }
  const why =
    link.state === 'connecting'
      ? `yet: ${synchronisationUser} still has to log in to ${systemName}, and was asked to (${sayMoment(link.since)}).`
      : `yet: the set-up of ${systemName} was given up (${sayMoment(link.since)}). A superuser can begin again with /syncuser setup.`;
  return { ...base, type: 'not-connected-yet', cause: 'not-connected-yet', why };
}

/** A lack of rights is 403: waiting does not help. What the package itself withholds is 503. */
function companyRefusal({
  company,
  connection,
  systemName,
  synchronisationUser,
}: BookingFacts): Refusal | null {
  const login = connection.login?.accountingUserName ?? synchronisationUser;
  const why: Record<Exclude<CompanyStatus, 'reachable' | 'unverified'>, string> = {
    'no-access': `: ${login} has no access to this company in ${systemName}. An administrator of ${systemName} can give it.`,
    blocked: `: the company is blocked in ${systemName}. An administrator of ${systemName} can unblock it.`,
    'licence-expired': `: the licence of the company in ${systemName} has expired. Book again when it has been renewed.`,
    archived: `: the company is archived in ${systemName}. An administrator of ${systemName} can bring it back.`,
    gone: `: ${systemName} no longer lists this company. Ask an administrator of ${systemName} whether it was moved or removed.`,
  };
  const refused = (cause: BookingCause, words: string): Refusal => ({
    type: 'company-not-reachable',
    status: cause === 'no-access' || cause === 'not-chosen' ? 403 : 503,
    cause,
    since: null,
    why: words,
  });
  if (!company.linked)
    return refused(
      'not-chosen',
      ': this company is not synchronised. A superuser can add it with /syncuser companies.',
    );
  const { status } = company;
  return status === 'reachable' || status === 'unverified' ? null : refused(status, why[status]);
}

function stopRefusal({ stoppedSince: since }: BookingFacts): Refusal | null {
  if (since === null) return null;
  const type = 'deliveries-stopped';
  return { type, status: 503, cause: type, since, why: `at the moment: ${holdWords[type]}.` };
}

/** Without any master data there is nothing to book on; old master data is better than none. */
function firstSyncRefusal(
  { lastSuccessAt, connection, systemName }: BookingFacts,
  sayMoment: SayMoment,
): Refusal | null {
  if (lastSuccessAt) return null;
  const { health } = connection;
  if (health.state === 'ok') {
    const why = 'yet: the first sync has not finished. Try again in a few minutes; there is nothing to do.';
    return { type: 'first-sync', status: 503, cause: 'first-sync', since: null, why };
  }
  const why = `yet: its master data never came in. ${sayDelay(health.reason, systemName, sayMoment(health.since))}`;
  return { type: 'first-sync', status: 503, cause: health.reason, since: health.since, why };
}

function problem(facts: BookingFacts, refusal: Refusal, sayMoment: SayMoment): Problem {
  const { company, connection, onIt } = facts;
  const glue = refusal.why.startsWith(':') ? '' : ' ';
  return {
    type: refusal.type,
    status: refusal.status,
    detail: `Documents of ${company.name} cannot be booked${glue}${refusal.why}`,
    members: {
      connection: connection.id,
      company: company.externalId,
      cause: refusal.cause,
      since: refusal.since,
      onIt,
      expectedBack: expectedBack(facts),
      expected: expected(facts, sayMoment),
      heldBookings: facts.heldBookings,
    },
  };
}

/** Only the package itself gives a time; nobody can promise when a person logs in. */
function expectedBack({ connection: { health, link } }: BookingFacts): Moment | null {
  return health.state === 'delayed' && link.state !== 'disconnected' ? health.until : null;
}

/** The same in words, also where only a person can mend it; null when there is nothing to say. */
function expected(facts: BookingFacts, sayMoment: SayMoment): string | null {
  const { connection, systemName, onIt, onItSince } = facts;
  const back = expectedBack(facts);
  if (back) return `${systemName} goes on at ${sayMoment(back)}.`;
  if (connection.link.state !== 'disconnected') return null;
  return onIt && onItSince
    ? `${onIt} has been on it since ${sayMoment(onItSince)}.`
    : 'As soon as somebody logs in again; nobody has taken it up yet.';
}

function noteFor(
  { connection, systemName, lastSuccessAt }: BookingFacts,
  sayMoment: SayMoment,
): string | null {
  const { health, pausedBy } = connection;
  const fresh = `The master data is from ${sayMoment(lastSuccessAt!)}.`;
  if (pausedBy) return `The synchronisation has been paused. ${fresh}`;
  if (health.state === 'delayed')
    return `${sayDelay(health.reason, systemName, sayMoment(health.since))} ${fresh}`;
  return null;
}
