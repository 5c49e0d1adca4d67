import type { ConnectionState } from '../../../domain/connection.ts';
import type { KnownCompany } from '../../../store/connections/companies.ts';
import { namesOfResponders, onItSince, personName, systemName, whoIsOnIt } from '../../connection-facts.ts';
import type { WebDeps } from '../../deps.ts';
import type { ReadinessFacts } from './booking-readiness.ts';
import { ambiguousCompany } from './connections.ts';
import { createFindCompany } from './find-company.ts';
import type { Problem } from '../problem.ts';

export interface FoundCompany {
  connection: ConnectionState;
  company: KnownCompany;
}

/** The company in an address, by its stable id, or by the code people use: a booking system may know only that. */
export async function findCompany(
  { store }: Pick<WebDeps, 'store'>,
  { connection: id, company: name }: { connection: string; company: string },
): Promise<FoundCompany | Problem> {
  const missing = (detail: string): Problem => ({ type: 'not-found', status: 404, detail });
  const { connection, companies } = await createFindCompany(store)({ connection: id, company: name });
  const [company, ...others] = companies;
  if (!connection) return missing(`There is no connection "${id}".`);
  if (others.length > 0) return ambiguousCompany(name, companies);
  return company ? { connection, company } : missing(`There is no company "${name}" on this connection.`);
}

/** What decides whether a document of this company may be booked. */
export async function readinessFacts(
  { store, systems, office }: Pick<WebDeps, 'store' | 'systems' | 'office'>,
  { connection, company }: FoundCompany,
): Promise<ReadinessFacts> {
  const incident = connection.incident === null ? null : await store.incidents.get(connection.incident);
  const line = { connectionId: connection.id, companyId: company.externalId };
  // Those behind one that is held have not been looked at, and wait as well.
  const { accepted, held } = await store.purchaseBookings.counts(line);
  const stop = await store.deliveryStops.of(connection.id);
  return {
    connection,
    company,
    systemName: systemName(systems, connection.system),
    data: await store.syncPositions.forCompany(connection.id, company.externalId),
    synchronisationUser: personName(office, connection.synchronisationUserId),
    mayReconnect: namesOfResponders(office, connection),
    onIt: whoIsOnIt(office, incident),
    onItSince: onItSince(incident),
    stopped: stop !== null,
    stoppedSince: stop?.at ?? null,
    heldBookings: accepted + held,
  };
}
