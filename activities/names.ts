import type { ConnectionState } from '../domain/connection.ts';
import { findUser, isActive, responders, type KeyPeople } from '../domain/offices/office.ts';
import type { ActivityDeps } from './deps.ts';
import type { ConnectionId } from '../domain/ids.ts';

/** The name of an office user, or their id when they never stood in the office file. */
export function nameOf({ office }: Pick<ActivityDeps, 'office'>, userId: string): string {
  return findUser(office, userId)?.name ?? userId;
}

/** Where a direct message to this person goes, or null when they left the office: then nobody is there to be told. */
export function slackUserOf({ office }: Pick<ActivityDeps, 'office'>, userId: string): string | null {
  const user = findUser(office, userId);
  return user && isActive(user) ? user.slackUserId : null;
}

/** A connection with the names people know it by. @throws Error when it is not saved yet */
export async function connectionWithNames(
  deps: Pick<ActivityDeps, 'store' | 'systems'>,
  connectionId: ConnectionId,
): Promise<{
  state: ConnectionState;
  connectionId: ConnectionId;
  connectionName: string;
  systemName: string;
}> {
  const state = await deps.store.connections.get(connectionId);
  if (!state) throw new Error(`Connection "${connectionId}" is not in the store`);
  return {
    state,
    connectionId,
    connectionName: state.name,
    systemName: deps.systems.get(state.system).name,
  };
}

/** Names of everybody who may mend the connection, the synchronisation user first. */
export function whoMayReconnect({ office }: Pick<ActivityDeps, 'office'>, keyPeople: KeyPeople): string[] {
  return responders(office, keyPeople).map((user) => user.name);
}

/** Companies by what people call them; names do not travel through workflows. */
export async function companiesNamed(
  { store }: Pick<ActivityDeps, 'store'>,
  connectionId: ConnectionId,
  externalIds: string[],
): Promise<{ code: string; name: string }[]> {
  const companies = await store.companies.all(connectionId);
  return companies
    .filter(({ externalId }) => externalIds.includes(externalId))
    .map(({ code, name }) => ({ code, name }));
}
