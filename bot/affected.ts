import type { ConnectionState } from '../domain/connection.ts';
import type { OfficeUser } from '../domain/offices/office.ts';
import type { BotDeps } from './deps.ts';

/** Whoever sees that a connection is disconnected is told once when that is over. */
export async function noteWhoMetIt(
  { store, now }: Pick<BotDeps, 'store' | 'now'>,
  { id: officeUserId }: OfficeUser,
  seen: readonly ConnectionState[],
): Promise<void> {
  const since = now().toISOString();
  for (const { link, incident } of seen)
    if (link.state === 'disconnected' && incident !== null)
      await store.incidentPeople.add(incident, { officeUserId, role: 'affected', since });
}
