import { sumOfBookable, type NotBookable } from '../../domain/bookings/bookable.ts';
import type { BookedWhen } from '../../domain/announcements/incidents.ts';
import type { ConnectionState } from '../../domain/connection.ts';
import type { KnownCompany } from '../../store/connections/companies.ts';
import type { ActivityDeps } from '../deps.ts';

/** What may be promised when an incident is over. */
export interface BookedAgain {
  /** Codes of the companies of which documents can be booked, or will be without anybody's help. */
  companies: ReadonlySet<string>;
  when: BookedWhen;
}

/** By the one rule about bookings; of a connection that is not saved as connected yet by its listing alone. */
export async function bookedAgain(
  { store }: Pick<ActivityDeps, 'store'>,
  connection: ConnectionState,
  linked: readonly KnownCompany[],
): Promise<BookedAgain> {
  if (connection.link.state !== 'connected') {
    const listed = linked.filter(({ status }) => ['reachable', 'unverified'].includes(status));
    return { companies: codesOf(listed), when: 'once-read' };
  }
  const [ages, stop] = await Promise.all([
    store.dataAges.ofConnection(connection.id),
    store.deliveryStops.of(connection.id),
  ]);
  const { not } = sumOfBookable({ connection, stopped: stop !== null }, linked, ages);
  const closed = codesOf(
    not.filter(({ answer }) => !isWaiting(answer)).flatMap(({ companies }) => companies),
  );
  const companies = codesOf(linked.filter(({ code }) => !closed.has(code)));
  const waits = not.some(({ answer }) => isWaiting(answer));
  return { companies, when: companies.size === 0 ? null : waits ? 'once-read' : 'now' };
}

/** Of what is paused nothing is read, so that it is to be read still. */
const isWaiting = ({ may, why }: NotBookable): boolean => may === 'waits' || why === 'paused';

const codesOf = (companies: readonly KnownCompany[]) => new Set(companies.map(({ code }) => code));
