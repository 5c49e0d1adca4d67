import type { ConnectionState } from '../domain/connection.ts';
import type { ActivityDeps } from './deps.ts';

export function createConnectionActivities({ store }: ActivityDeps) {
  return {
    /** Keeps a copy of the connection's state for screens; an older revision never overwrites a newer one. */
    async saveConnection({ state }: { state: ConnectionState }): Promise<void> {
      await store.connections.save(state);
    },
  };
}
