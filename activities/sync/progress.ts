import type { Stop } from '../../domain/sync/rounds.ts';
import type { ActivityDeps } from '../deps.ts';
import { connectionWithNames } from '../names.ts';
import type { ConnectionId } from '../../domain/ids.ts';

export function createProgressActivities(deps: ActivityDeps) {
  const { store, speaker, office } = deps;
  return {
    /** Shows in the office channel how far the first sync is; one message, edited. */
    async tellProgress({
      connectionId,
      round,
      stop,
    }: {
      connectionId: ConnectionId;
      round: number;
      stop: Stop | null;
    }): Promise<void> {
      const { state, ...names } = await connectionWithNames(deps, connectionId);
      const linked = await store.companies.linked(connectionId);
      const companies = linked.filter(({ status }) => status === 'reachable');
      const positions = await store.syncPositions.forConnection(connectionId);
      // A company is done when nothing is left to ask: as many kinds as any other has, each brought in or refused.
      const kinds = new Set(positions.map(({ kind }) => kind)).size;
      const done = companies.filter(({ externalId }) => {
        const settled = positions.filter(
          ({ companyId, syncedRound, lastError }) =>
            companyId === externalId && (syncedRound >= round || lastError !== null),
        );
        return kinds > 0 && settled.length === kinds;
      });
      await speaker.say({
        key: `first-sync/${connectionId}`,
        to: { channel: office.channelId },
        announcement: {
          what: 'sync-progress',
          ...names,
          login: state.login?.accountingUserName ?? '',
          companiesDone: done.length,
          companies: companies.length,
          rows: positions.reduce((sum, position) => sum + position.rows, 0),
          finished: done.length === companies.length && stop === null,
          delayed: stop?.kind === 'delayed' ? stop.reason : null,
        },
      });
    },
  };
}
