import { AccountingFailure } from '../../accounting/failure.ts';
import type { Login } from '../../domain/connection.ts';
import { judgeReconnect } from '../../domain/logins/login.ts';
import type { ActivityDeps } from '../deps.ts';
import { compareReach, readLogin } from './login-reach.ts';
import { connectionWithNames } from '../names.ts';
import type { ConnectionId } from '../../domain/ids.ts';

export function createCheckingAgainActivities(deps: ActivityDeps) {
  const { store, systems } = deps;
  return {
    /**
     * Whether the login of a disconnected connection works again although nobody logged in here: an administrator gave
     * the rights back, or the licence was renewed. Changes nothing of the login, whatever it finds.
     */
    async checkAgain({ connectionId }: { connectionId: ConnectionId }): Promise<{ login: Login | null }> {
      const { state } = await connectionWithNames(deps, connectionId);
      if (!state.login) return { login: null };
      const system = systems.get(state.system);
      try {
        const session = system.open(store.grants.vault(state.login.grantId));
        const login = await readLogin(session, connectionId);
        const companies = await session.companies();
        const found = await compareReach(store, state, system, { login, companies });
        if (judgeReconnect(found, state.login) !== 'fits') return { login: null };
        await store.companies.recordListing(connectionId, companies, { complete: companies.length > 0 });
        return { login: state.login };
      } catch (error) {
        if (error instanceof AccountingFailure) return { login: null };
        throw error;
      }
    },
  };
}
