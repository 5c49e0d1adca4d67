import type { SyncScope } from '../../domain/sync/rounds.ts';
import type { ActivityDeps } from '../deps.ts';
import { companiesNamed, connectionWithNames, slackUserOf } from '../names.ts';
import type { ConnectionId, PersonId } from '../../domain/ids.ts';

export function createSyncRequestActivities(deps: ActivityDeps) {
  return {
    /** Tells whoever asked for it what came in, in a direct message. */
    async tellRequest(request: {
      connectionId: ConnectionId;
      request: number;
      by: PersonId;
      scope: SyncScope;
      companies: number;
      rowsChanged: number;
      failures: number;
    }): Promise<void> {
      const { connectionId, scope, rowsChanged, failures } = request;
      // Not everything that asks is a person: a package reports by itself what changed in it.
      const slackUser = slackUserOf(deps, request.by);
      if (slackUser === null) return;
      const names = await connectionWithNames(deps, connectionId);
      await deps.speaker.say({
        key: `request/${connectionId}/${request.request}`,
        to: { slackUser },
        announcement: {
          what: 'request-done',
          connectionName: names.connectionName,
          systemName: names.systemName,
          companies: scope.companies && (await companiesNamed(deps, connectionId, scope.companies)),
          kinds: scope.kinds,
          asked: request.companies,
          rowsChanged,
          failures,
        },
      });
    },
  };
}
