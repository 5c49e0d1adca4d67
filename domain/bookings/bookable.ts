import type { Company, CompanyStatus } from '../connections/company.ts';
import type { ConnectionState } from '../connection.ts';
import type { MasterDataKind, Moment } from '../master-data.ts';

/**
 * May a document of a company be booked now? The one rule behind everything that says so: the API, deliveries, Slack.
 * `waits` ends by itself, `until` only where the package named a time; `no` ends when somebody mends it.
 */
export type Bookable =
  | { may: 'yes' }
  | { may: 'waits'; why: 'delayed' | 'first-sync' | 'master-data-not-fresh'; until: Moment | null }
  | { may: 'no'; why: Obstruction; responder: Responder };

export type NotBookable = Exclude<Bookable, { may: 'yes' }>;

export type Obstruction =
  | 'not-connected-yet'
  | 'abandoned'
  | 'disconnected'
  | 'not-chosen'
  | Exclude<CompanyStatus, 'reachable' | 'unverified'>
  | 'deliveries-stopped'
  | 'paused';

/** `log-in`: whoever may reconnect it; `administrator`: of the accounting system. */
export type Responder = 'log-in' | 'synchronisation-user' | 'superuser' | 'administrator';

/** How far one kind of a company came in. */
export interface KindAge {
  kind: MasterDataKind;
  lastSuccessAt: Moment | null;
  lastAttemptAt: Moment | null;
  lastError: { code: string } | null;
}

export interface ConnectionBookingFacts {
  connection: Pick<ConnectionState, 'link' | 'health' | 'pausedBy'>;
  /** All deliveries of the connection are stopped. */
  stopped: boolean;
}

export interface BookingFacts extends ConnectionBookingFacts {
  /** Undefined: the connection does not know it. */
  company: (Pick<Company, 'status'> & { linked: boolean }) | undefined;
  data: readonly KindAge[];
  /** The kinds the booking names rows of. @default what every booking names, as far as it ever came in */
  kinds?: readonly MasterDataKind[];
}

const inEveryBooking: readonly MasterDataKind[] = ['gl-account', 'relation', 'journal'];

/** The gravest reason why not, or yes. */
export function bookable(facts: BookingFacts): Bookable {
  return obstructions(facts)[0] ?? { may: 'yes' };
}

/** The same for a connection as a whole, whatever its companies are. */
export function connectionBookable(facts: ConnectionBookingFacts): Bookable {
  return linkObstruction(facts) ?? stopObstruction(facts) ?? delayObstruction(facts) ?? { may: 'yes' };
}

/** Every reason why not, the gravest first: what only a person ends comes before what ends by itself. */
export function obstructions(facts: BookingFacts): NotBookable[] {
  const all = [
    linkObstruction(facts),
    companyObstruction(facts),
    stopObstruction(facts),
    firstSyncObstruction(facts),
    delayObstruction(facts),
    freshnessObstruction(facts),
  ].filter((obstruction) => obstruction !== null);
  return [...all.filter(({ may }) => may === 'no'), ...all.filter(({ may }) => may === 'waits')];
}

function linkObstruction({ connection: { link } }: ConnectionBookingFacts): NotBookable | null {
  switch (link.state) {
    case 'connected':
      return null;
    case 'disconnected':
      return { may: 'no', why: 'disconnected', responder: 'log-in' };
    case 'connecting':
      return { may: 'no', why: 'not-connected-yet', responder: 'synchronisation-user' };
    case 'abandoned':
      return { may: 'no', why: 'abandoned', responder: 'superuser' };
  }
}

function companyObstruction({ company, data }: BookingFacts): NotBookable | null {
  if (!company?.linked) return { may: 'no', why: 'not-chosen', responder: 'superuser' };
  const status = reachedStatus(company.status, data);
  return status === 'reachable' || status === 'unverified'
    ? null
    : { may: 'no', why: status, responder: 'administrator' };
}

/**
 * What is known of a company by its listing and by what was refused when it was read: a listing may call a company
 * reachable whose books cannot be opened, and says so anew in every round. What was read since speaks for it.
 */
function reachedStatus(listed: CompanyStatus, data: readonly KindAge[]): CompanyStatus {
  if (listed !== 'reachable') return listed;
  const refused = data
    .filter(({ lastError }) => lastError?.code.startsWith(ofCompany))
    .toSorted((one, other) => (one.lastAttemptAt ?? '').localeCompare(other.lastAttemptAt ?? ''))
    .at(-1);
  const wasReadSince = data.some(
    ({ lastSuccessAt }) => (lastSuccessAt ?? '') > (refused?.lastAttemptAt ?? ''),
  );
  return refused?.lastError && !wasReadSince
    ? (refused.lastError.code.slice(ofCompany.length) as CompanyStatus)
    : listed;
}

const ofCompany = 'company: ';

function stopObstruction({ stopped }: ConnectionBookingFacts): NotBookable | null {
  return stopped ? { may: 'no', why: 'deliveries-stopped', responder: 'superuser' } : null;
}

/** Without GL accounts there is nothing to book on; any other kind may be one that the company has not. */
function firstSyncObstruction({
  data,
  kinds,
  connection: { health, pausedBy },
}: BookingFacts): NotBookable | null {
  if (kinds || data.some(({ kind, lastSuccessAt }) => kind === 'gl-account' && lastSuccessAt !== null))
    return null;
  if (pausedBy !== null) return paused;
  return { may: 'waits', why: 'first-sync', until: untilOf(health) };
}

/** Whatever keeps the connection waiting, nothing can be sent meanwhile, and nobody has to do anything. */
function delayObstruction({ connection: { health } }: ConnectionBookingFacts): NotBookable | null {
  return health.state === 'ok' ? null : { may: 'waits', why: 'delayed', until: untilOf(health) };
}

function untilOf(health: ConnectionState['health']): Moment | null {
  return 'until' in health ? health.until : null;
}

/** After a login a booking waits until what it names was read again: nobody knows what changed meanwhile. */
function freshnessObstruction({
  connection: { link, pausedBy },
  data,
  kinds,
}: BookingFacts): NotBookable | null {
  const named =
    kinds ?? inEveryBooking.filter((kind) => data.some((age) => age.kind === kind && age.lastSuccessAt));
  const isFresh = (kind: MasterDataKind) => {
    const age = data.find((one) => one.kind === kind);
    // A kind that the package refuses has been asked for, and there is nothing fresher to be had.
    const isRefused = /^(right|company)\b/.test(age?.lastError?.code ?? '');
    const seen = isRefused ? age?.lastAttemptAt : age?.lastSuccessAt;
    return Boolean(seen && seen >= link.since);
  };
  if (named.every(isFresh)) return null;
  return pausedBy === null ? { may: 'waits', why: 'master-data-not-fresh', until: null } : paused;
}

/** Nothing is read while it is paused, so only a person ends the wait. */
const paused = { may: 'no', why: 'paused', responder: 'superuser' } as const;

/** A connection summed up: of how many companies documents may be booked, and of which not. */
export interface BookableSum<C = unknown> {
  /** How the connection as a whole is. */
  connection: Bookable;
  /** How many companies are linked. */
  of: number;
  yes: number;
  /** Those of which none may be, by their reason; the most companies first. */
  not: { answer: NotBookable; companies: C[] }[];
}

/** @param ages of these companies, in any order */
export function sumOfBookable<C extends Company & { linked: boolean }>(
  facts: ConnectionBookingFacts,
  linked: readonly C[],
  ages: readonly (KindAge & { company: { id: string } })[],
): BookableSum<C> {
  const dataOf = new Map<string, KindAge[]>();
  for (const age of ages) dataOf.set(age.company.id, [...(dataOf.get(age.company.id) ?? []), age]);
  const groups = new Map<string, BookableSum<C>['not'][number]>();
  for (const company of linked) {
    const answer = bookable({ ...facts, company, data: dataOf.get(company.externalId) ?? [] });
    if (answer.may === 'yes') continue;
    const group = groups.get(answer.why) ?? { answer, companies: [] };
    group.companies.push(company);
    groups.set(answer.why, group);
  }
  const not = [...groups.values()].toSorted((one, other) => other.companies.length - one.companies.length);
  const cannot = not.reduce((sum, { companies }) => sum + companies.length, 0);
  return { connection: connectionBookable(facts), of: linked.length, yes: linked.length - cannot, not };
}
