import type { Stop } from '../domain/rounds.ts';
import type { ActivityDeps } from './deps.ts';
import { connectionWithNames } from './names.ts';

export function createProgressActivities(deps: ActivityDeps) {
  const { store, speaker, office } = deps;
  return {
    /** Shows in the office channel how far the first sync is; one message, edited. */
    async tellProgress({
      connectionId,
      round,
      stop,
    }: {
      connectionId: string;
      round: number;
      stop: Stop | null;
    }): Promise<void> {
      const { state, ...names } = await connectionWithNames(deps, connectionId);
      const companies = await store.companies.linked(connectionId);
      const positions = await store.syncPositions.forConnection(connectionId);
      const done = companies.filter((company) => {
        const own = positions.filter((position) => position.companyId === company.externalId);
        return (
          own.length > 0 &&
          own.every((position) => position.syncedRound === round || position.lastError !== null)
        );
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
