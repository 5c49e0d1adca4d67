import type { ConnectionState } from '../domain/connection.ts';
import { mayReconnect, type OfficeUser } from '../domain/offices/office.ts';
import type { BotDeps } from './deps.ts';

/** This connection and those that broke together with it, as far as they are disconnected still and the person may mend them. */
export async function groupOf(
  { store, facts }: Pick<BotDeps, 'store' | 'facts'>,
  connection: ConnectionState,
  user: OfficeUser,
): Promise<ConnectionState[]> {
  const incident = connection.incident === null ? null : await store.incidents.get(connection.incident);
  if (!incident) return [];
  const group = await store.incidents.group(incident.groupedUnder ?? incident.number);
  const numbers = new Set(group.map(({ number }) => number));
  return (await facts.connections()).filter(
    (one) =>
      one.incident !== null &&
      numbers.has(one.incident) &&
      one.link.state === 'disconnected' &&
      mayReconnect(user, one),
  );
}

/** Does the same for each of them; those for which it was done. @throws what was wrong with the first, when it is none */
export async function doneForEach(
  connections: readonly ConnectionState[],
  act: (connection: ConnectionState) => Promise<unknown>,
): Promise<ConnectionState[]> {
  const outcomes = await Promise.allSettled(connections.map(act));
  const done = connections.filter((_, index) => outcomes[index]?.status === 'fulfilled');
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (done.length === 0 && failed) throw failed.reason;
  return done;
}

/** "Exact Online", or "12 connections". */
export function namesOf(connections: readonly ConnectionState[]): string {
  const [first] = connections;
  return connections.length === 1 && first ? first.name : `${connections.length} connections`;
}
