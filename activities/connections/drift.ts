import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '@temporalio/activity';
import pLimit from 'p-limit';
import type { ConnectionState } from '../../domain/connection.ts';
import type { ActivityDeps } from '../deps.ts';

/** A copy that is being saved right now is no drift. */
const secondLookAfterMs = 3_000;

/**
 * Compares every connection with its copy in the database, and saves anew what differs: after the database, or Temporal,
 * was taken back to an older state. Where the database was, its feed of changes begins anew.
 */
export function createDriftCheck(deps: ActivityDeps): () => Promise<void> {
  const { store, truths } = deps;

  return async () => {
    if (!truths) return;
    const first = await lookAt(await truths.ids());
    if (first.length === 0) return;
    await sleep(deps.secondLookAfterMs ?? secondLookAfterMs);
    const second = new Map(
      (await lookAt(first.map(({ truth }) => truth.id))).map((one) => [one.truth.id, one]),
    );
    for (const before of first) {
      const found = second.get(before.truth.id);
      // What was saved meanwhile was on its way.
      if (!found || found.isOlder !== before.isOlder) continue;
      if (before.isOlder && revisionOf(found.copy) >= before.truth.revision) continue;
      await mend(found);
    }
  };

  async function mend({ truth, copy, isOlder }: Drift): Promise<void> {
    const { id, revision } = truth;
    await store.connections.restore(truth, copy?.revision ?? null);
    if (isOlder) await store.masterData.beginEpoch(id);
    const facts = { connection: id, copy: copy?.revision ?? null, truth: revision };
    log.warn('the copy of a connection was of another time and is saved anew', facts);
  }

  /** Those that differ. A worker answers for several at once. */
  async function lookAt(ids: string[]): Promise<Drift[]> {
    const limit = pLimit(10);
    const found = await Promise.all(ids.map((id) => limit(() => differs(id))));
    return found.filter((one) => one !== null);
  }

  async function differs(id: string): Promise<Drift | null> {
    const truth = await truths?.of(id);
    if (!truth) return null;
    const copy = await store.connections.get(id);
    const revision = revisionOf(copy);
    return revision === truth.revision ? null : { truth, copy, isOlder: revision < truth.revision };
  }
}

interface Drift {
  truth: ConnectionState;
  copy: ConnectionState | null;
  /** The copy is older than the truth. */
  isOlder: boolean;
}

function revisionOf(copy: ConnectionState | null): number {
  return copy?.revision ?? -1;
}
