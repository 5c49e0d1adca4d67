import type { Happening } from '../../domain/connections/history-kinds.ts';
import type { ActivityDeps } from '../deps.ts';

export function createHistoryActivities({ store, now }: ActivityDeps) {
  return {
    /** Keeps what somebody asked for, or what came of it: ids and counts, because it goes through a workflow. */
    async keepInHistory(
      entry: Happening & {
        /** Unique, so that a second attempt keeps nothing twice. */
        id: string;
        connectionId: string;
        /** Office user, or null when nobody did it. */
        by: string | null;
      },
    ): Promise<void> {
      const { by, ...kept } = entry;
      await store.history.append({ ...kept, officeUserId: by, at: now().toISOString() });
    },
  };
}
