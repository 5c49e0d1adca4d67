import type { MasterDataKind } from '../../domain/master-data.ts';
import type { Store } from '../../store/index.ts';
import type { ConnectionId } from '../../domain/ids.ts';

/**
 * Kinds that these companies had and the package has no more (a module was removed). Nothing is read of them, so nothing
 * would ever be heard of their rows: it is noted as what the company lacks, and a human is asked about what is left.
 */
export async function lookForGoneKinds(
  store: Store,
  {
    connectionId,
    companies,
    present,
  }: { connectionId: ConnectionId; companies: readonly string[]; present: readonly MasterDataKind[] },
): Promise<void> {
  const positions = await store.syncPositions.forConnection(connectionId);
  const gone = positions.filter(
    ({ companyId, kind, checkpoint, isThere }) =>
      companies.includes(companyId) && !present.includes(kind) && checkpoint !== null && isThere,
  );
  for (const { companyId, kind, rows } of gone) {
    const key = { connectionId, companyId, kind };
    // Held first: whoever dies in between finds it gone again.
    if (rows > 0) await store.masterData.holdKind(key);
    await store.syncPositions.recordFailure(key, {
      ...{ code: 'right: module', gate: 'module' },
      text: 'the accounting system does not have this kind any more',
    });
  }
}
