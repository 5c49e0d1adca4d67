import type { ConnectionState } from '../../domain/connection.ts';
import type { Happened } from '../../domain/connections/history-kinds.ts';
import type { ChangeFact } from '../../domain/succession/change-facts.ts';
import type { ActivityDeps } from '../deps.ts';

/** A state of the connection, and what led to it since the one before. */
export interface NewState {
  state: ConnectionState;
  happened?: readonly Happened[] | undefined;
  /** What became known of changes of the synchronisation user. */
  changes?: readonly ChangeFact[] | undefined;
}

/**
 * Keeps a copy of the connection's state for screens; an older revision never overwrites a newer one. Before it, what
 * happened stands in the history, so that no state is seen of which nobody knows how it came about.
 */
export async function keepState(
  { store }: Pick<ActivityDeps, 'store'>,
  { state, happened = [], changes }: NewState,
): Promise<void> {
  for (const { by, ...entry } of happened)
    await store.history.append({ ...entry, connectionId: state.id, officeUserId: by });
  await store.connections.save(state, changes);
}

export function createConnectionActivities(deps: ActivityDeps) {
  return {
    /** Once it changed; see {@link keepState}. */
    saveConnection: (saved: NewState): Promise<void> => keepState(deps, saved),
  };
}
