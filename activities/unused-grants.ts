import type { Store } from '../store/index.ts';
import type { ConnectionId, GrantId } from '../domain/ids.ts';

/** Forgets a grant on which nothing stands any more: neither the connection nor the link of any person. */
export async function letGoUnlessUsed(
  store: Store,
  connectionId: ConnectionId,
  grantId: GrantId,
): Promise<void> {
  const state = await store.connections.get(connectionId);
  if (state?.login?.grantId === grantId || state?.former?.login.grantId === grantId) return;
  const links = await store.userLinks.ofConnection(connectionId);
  // A link that broke keeps its grant: a call that failed is no reason to forget it.
  const isUsed = links.some(
    ({ login, state: link, cause }) => login?.grantId === grantId && (link === 'connected' || cause !== null),
  );
  if (!isUsed) await store.grants.discard(grantId);
}
