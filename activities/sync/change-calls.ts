import { cancellationSignal } from '@temporalio/activity';
import { AccountingFailure } from '../../accounting/failure.ts';
import type { ActivityDeps } from '../deps.ts';
import { withHeartbeats } from '../heartbeats.ts';
import { connectionWithNames } from '../names.ts';
import { asStop } from './round-failures.ts';
import type { ConnectionId } from '../../domain/ids.ts';

export function createChangeCallActivities(deps: ActivityDeps) {
  const { store, systems } = deps;

  return {
    /**
     * Asks the package to call us when something changes in a linked company, where it can. What is refused costs nothing
     * but time, for the rounds bring in the same; so nobody is told, and tomorrow it is asked again.
     */
    async subscribeToChanges({
      connectionId,
    }: {
      connectionId: ConnectionId;
    }): Promise<{ companies: number; refused: number }> {
      const result = { companies: 0, refused: 0 };
      const { state } = await connectionWithNames(deps, connectionId);
      if (!state.login) return result;
      const session = systems.get(state.system).open(store.grants.vault(state.login.grantId));
      if (!session.subscribe) return result;
      await withHeartbeats(async (at) => {
        for (const { externalId, status } of await store.companies.linked(connectionId)) {
          if (status !== 'reachable') continue;
          at({ companyId: externalId });
          try {
            await session.subscribe?.({ externalId }, cancellationSignal());
            result.companies += 1;
          } catch (error) {
            if (!(error instanceof AccountingFailure)) throw error;
            result.refused += 1;
            if (asStop(error)) return; // the looks and the rounds say what is wrong
          }
        }
      });
      return result;
    },
  };
}
