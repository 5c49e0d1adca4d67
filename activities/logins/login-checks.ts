import { AccountingFailure } from '../../accounting/failure.ts';
import type { Looked } from '../../domain/sync/after-login-check.ts';
import type { ConnectionState, Login } from '../../domain/connection.ts';
import { dueWarning } from '../../domain/logins/expiry.ts';
import type { Stop } from '../../domain/sync/rounds.ts';
import type { UserLink } from '../../store/logins/user-links.ts';
import type { ActivityDeps } from '../deps.ts';
import { beyondDoubt } from '../sync/doubts.ts';
import { withHeartbeats } from '../heartbeats.ts';
import { connectionWithNames } from '../names.ts';
import { asStop, noteRefusal } from '../sync/round-failures.ts';
import type { ConnectionId } from '../../domain/ids.ts';

/** `endIsNews`: there is something to say about when the login in use ends (activities/logins/login-expiry.ts). */
export type CheckResult = Looked & { endIsNews: boolean };

export function createLoginCheckActivities(deps: ActivityDeps) {
  const { store, systems, now } = deps;

  /**
   * Whether a login works and still is who it was; with `keep` it is kept alive as well. Null when it does, or when what
   * went wrong says nothing about the login. That the environment is the same is not asked: a grant does not move.
   */
  async function lookAt(state: ConnectionState, login: Login, keep: boolean): Promise<Stop | null> {
    try {
      const session = systems.get(state.system).open(store.grants.vault(login.grantId));
      const { grantId } = login;
      const { userId } = await beyondDoubt(deps, { grantId, session }, async () => {
        if (keep) await session.keepAlive?.();
        return session.whoAmI();
      });
      return userId === login.accountingUserId ? null : { kind: 'broken', cause: 'wrong-user' };
    } catch (error) {
      if (!(error instanceof AccountingFailure)) throw error;
      if (login.grantId === state.login?.grantId) await noteRefusal(store, state.id, error);
      return asStop(error);
    }
  }

  /** The logins of people that the connection itself does not use: personal ones, and that of a former synchronisation user. */
  async function lookAtOthers(state: ConnectionState, inUse: Login): Promise<void> {
    for (const [login, links] of await otherLogins(state.id, inUse)) {
      const stop = await lookAt(state, login, true);
      // A package that is down is not asked as many times as there are people; tomorrow is early enough.
      if (stop?.kind === 'delayed') return;
      if (stop?.kind === 'broken')
        for (const link of links) await store.userLinks.broke(link, stop.cause, now().toISOString());
    }
  }

  /** People who log in as the same user share a grant, and it is tried once. */
  async function otherLogins(
    connectionId: ConnectionId,
    inUse: Login,
  ): Promise<Iterable<[Login, UserLink[]]>> {
    const others = new Map<string, [Login, UserLink[]]>();
    for (const link of await store.userLinks.ofConnection(connectionId)) {
      const { login, state } = link;
      if (!login || state !== 'connected' || login.grantId === inUse.grantId) continue;
      const [, links] = others.get(login.grantId) ?? [login, []];
      others.set(login.grantId, [login, [...links, link]]);
    }
    return others.values();
  }

  /** Whether people are to be warned of the end of this login, or told that it is over. */
  async function endIsNews({ grantId }: Login): Promise<boolean> {
    const expiry = await store.grants.expiry(grantId);
    return expiry !== null && (expiry.warnedOf !== null || dueWarning(expiry.expiresAt, now()) !== null);
  }

  return {
    /**
     * Tries the login in use, unless it is known to be refused (`inUse`: false); with `all` it keeps every login of the connection alive, and a personal one that works no
     * more becomes not connected. A failed call never deletes a grant.
     */
    async checkLogins({
      connectionId,
      all,
      inUse,
    }: {
      connectionId: ConnectionId;
      all: boolean;
      inUse: boolean;
    }): Promise<CheckResult> {
      const { state } = await connectionWithNames(deps, connectionId);
      const { login } = state;
      if (!login) throw new Error(`Connection "${connectionId}" has no login to look after`);
      return withHeartbeats(async () => {
        const stop = inUse ? await lookAt(state, login, all) : null;
        if (all && stop?.kind !== 'delayed') await lookAtOthers(state, login);
        return { grantId: login.grantId, stop, endIsNews: inUse && all && (await endIsNews(login)) };
      });
    },
  };
}
