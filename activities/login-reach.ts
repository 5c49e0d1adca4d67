import type { AccountingSystem } from '../accounting/port.ts';
import type { Login } from '../domain/connection.ts';
import type { FoundLogin } from '../domain/login.ts';
import type { ActivityDeps } from './deps.ts';

/** One grant per connection and accounting-system user: two people who log in as the same user share it. */
const grantIdOf = (connectionId: string, accountingUserId: string) => `${connectionId}/${accountingUserId}`;

/**
 * Who is logged in with a grant, what he reaches, and what is missing of what the connection has linked.
 * @throws AccountingFailure
 */
export async function examine(
  { store }: Pick<ActivityDeps, 'store'>,
  connectionId: string,
  system: AccountingSystem,
  grantId: string,
): Promise<FoundLogin> {
  const session = system.open(store.grants.vault(grantId));
  const me = await session.whoAmI();
  const companies = await session.companies();
  const reachable = new Set(
    companies.filter(({ status }) => status === 'reachable').map(({ externalId }) => externalId),
  );
  const linked = await store.companies.linked(connectionId);
  const login: Login = {
    grantId: grantIdOf(connectionId, me.userId),
    accountingUserId: me.userId,
    accountingUserName: me.userName,
    environmentId: me.environmentId,
    environmentName: me.environmentName,
  };
  return {
    login,
    total: companies.length,
    reachable: reachable.size,
    missing: linked.map(({ externalId }) => externalId).filter((id) => !reachable.has(id)),
    usedBy: await otherConnectionWith(store, connectionId, system.id, login),
  };
}

/** A second chain of tokens for one user and app would end the first, so the other connection is named. */
async function otherConnectionWith(
  store: ActivityDeps['store'],
  connectionId: string,
  system: string,
  login: Login,
): Promise<string | null> {
  const other = (await store.connections.all()).find(
    (state) =>
      state.id !== connectionId &&
      state.system === system &&
      state.link.state !== 'abandoned' &&
      state.login?.environmentId === login.environmentId &&
      state.login.accountingUserId === login.accountingUserId,
  );
  return other?.name ?? null;
}
