import type { AccountingSession, AccountingSystem } from '../../accounting/port.ts';
import type { Company } from '../../domain/connections/company.ts';
import type { ConnectionState, Login } from '../../domain/connection.ts';
import type { FoundLogin } from '../../domain/logins/login.ts';
import type { Store } from '../../store/index.ts';
import type { ConnectionId } from '../../domain/ids.ts';

/** One grant per connection and accounting-system user: two people who log in as the same user share it. */
const grantIdOf = (connectionId: ConnectionId, accountingUserId: string) =>
  `${connectionId}/${accountingUserId}`;

export function isSameUser(login: Login, other: Login): boolean {
  return login.environmentId === other.environmentId && login.accountingUserId === other.accountingUserId;
}

/** @throws AccountingFailure */
export async function readLogin(session: AccountingSession, connectionId: ConnectionId): Promise<Login> {
  const me = await session.whoAmI();
  return {
    grantId: grantIdOf(connectionId, me.userId),
    accountingUserId: me.userId,
    accountingUserName: me.userName,
    environmentId: me.environmentId,
    environmentName: me.environmentName,
  };
}

/**
 * Under which id a grant of this accounting-system user is kept already, or null. The running one comes first, that of
 * another connection next, then that of a person who is linked without being used.
 */
export async function whereKept(
  store: Store,
  state: ConnectionState,
  system: AccountingSystem,
  login: Login,
): Promise<string | null> {
  if (state.login && isSameUser(state.login, login)) return state.login.grantId;
  const other = await otherConnectionWith(store, state.id, system, login);
  if (other) return other.login.grantId;
  const links = await store.userLinks.ofConnection(state.id);
  const linked = links.find((link) => link.login && isSameUser(link.login, login))?.login;
  return linked && (await store.grants.has(linked.grantId)) ? linked.grantId : null;
}

/** What a login reaches in ids and counts, and what is missing of what the connection has linked. */
export async function compareReach(
  store: Store,
  state: ConnectionState,
  system: AccountingSystem,
  { login, companies }: { login: Login; companies: Company[] },
): Promise<FoundLogin> {
  const reachable = new Set(
    companies.filter(({ status }) => status === 'reachable').map(({ externalId }) => externalId),
  );
  const linked = await store.companies.linked(state.id);
  const other = await otherConnectionWith(store, state.id, system, login);
  return {
    login,
    total: companies.length,
    reachable: reachable.size,
    linked: linked.length,
    missing: linked.map(({ externalId }) => externalId).filter((id) => !reachable.has(id)),
    usedBy: other?.name ?? null,
  };
}

/** A second chain of tokens for one user and app would end the first, so the other connection is named. */
async function otherConnectionWith(
  store: Store,
  connectionId: ConnectionId,
  system: AccountingSystem,
  login: Login,
): Promise<{ name: string; login: Login } | null> {
  for (const state of await store.connections.all()) {
    if (state.id === connectionId || state.system !== system.id || state.link.state === 'abandoned') continue;
    const used = state.login ?? (await chosenLogin(store, state));
    if (used && isSameUser(used, login)) return { name: state.name, login: used };
  }
  return null;
}

/** In the middle of a set-up, the login that was accepted already and waits for the companies to be chosen. */
async function chosenLogin(store: Store, state: ConnectionState): Promise<Login | null> {
  const link = await store.userLinks.find(state.id, state.synchronisationUserId);
  return link?.state === 'connected' ? link.login : null;
}
