import type { ConnectionState } from '../../domain/connection.ts';
import type { Happened } from '../../domain/connections/history-kinds.ts';
import type { ActivityDeps } from '../deps.ts';

export function createConnectionActivities({ store }: ActivityDeps) {
  return {
    /**
     * Keeps a copy of the connection's state for screens; an older revision never overwrites a newer one. Before it, what
     * happened stands in the history, so that no state is seen of which nobody knows how it came about.
     */
    async saveConnection({
      state,
      happened = [],
    }: {
      state: ConnectionState;
      happened?: readonly Happened[];
    }): Promise<void> {
      for (const { by, ...entry } of happened)
        await store.history.append({ ...entry, connectionId: state.id, officeUserId: by });
      await store.connections.save(state);
    },
  };
}
