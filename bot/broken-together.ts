import type { ConnectionState } from '../domain/connection.ts';
import { mayReconnect, type OfficeUser } from '../domain/office.ts';
import type { BotDeps } from './deps.ts';

/** This connection and those that broke together with it, as far as they are disconnected still and the person may mend them. */
export async function brokenTogether(
  { store, facts }: Pick<BotDeps, 'store' | 'facts'>,
  connection: ConnectionState,
  user: OfficeUser,
): Promise<ConnectionState[]> {
  const incident = connection.incident === null ? null : await store.incidents.get(connection.incident);
  if (!incident) return [];
  const together = await store.incidents.together(incident.joined ?? incident.number);
  const ids = new Set(together.map(({ connectionId }) => connectionId));
  return (await facts.connections()).filter(
    (one) => ids.has(one.id) && one.link.state === 'disconnected' && mayReconnect(user, one),
  );
}

/** "Exact Online", or "12 connections". */
export function namesOf(connections: readonly ConnectionState[]): string {
  const [first] = connections;
  return connections.length === 1 && first ? first.name : `${connections.length} connections`;
}
