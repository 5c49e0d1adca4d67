import type { Moment } from '../../domain/master-data.ts';
import type { VerificationReason } from '../../domain/verification/verification.ts';
import type { Database } from '../database/database.ts';
import type { LoginKey } from './rights.ts';
import type { VerificationRow } from '../database/schema.ts';
import type { ConnectionId } from '../../domain/ids.ts';

/** One look at everything a login may read. What it found is in `rights`. */
export interface Verification extends LoginKey {
  /** Unique within its connection. */
  id: string;
  reason: VerificationReason;
  startedAt: Moment;
  /** Null while it is under way, or when it never came to its end. */
  finishedAt: Moment | null;
  /** People heard what was lost or gained, as it is now. */
  told: boolean;
}

export interface VerificationStore {
  /** Begins it; begun again, it goes on as the one it was. */
  begin(verification: LoginKey & { id: string; reason: VerificationReason }): Promise<Verification>;
  get(connectionId: ConnectionId, id: string): Promise<Verification | null>;
  /** The first end counts. */
  finish(connectionId: ConnectionId, id: string): Promise<void>;
  /** False: there is something new to say about what it found. */
  markTold(connectionId: ConnectionId, id: string, told: boolean): Promise<void>;
  /** The last one of this login that came to its end, or null. */
  latest(login: LoginKey): Promise<Verification | null>;
}

export function createVerificationStore({ db }: Database, { now }: { now: () => Date }): VerificationStore {
  const find = async (connectionId: ConnectionId, id: string) => {
    const row = await db
      .selectFrom('verifications')
      .selectAll()
      .where('connection_id', '=', connectionId)
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : fromRow(row);
  };
  const update = (connectionId: ConnectionId, id: string) =>
    db.updateTable('verifications').where('connection_id', '=', connectionId).where('id', '=', id);

  return {
    async begin({ connectionId, grantId, id, reason }) {
      await db
        .insertInto('verifications')
        .values({
          connection_id: connectionId,
          id,
          grant_id: grantId,
          reason,
          started_at: now().toISOString(),
          finished_at: null,
          told: 0,
        })
        .onConflict((conflict) => conflict.columns(['connection_id', 'id']).doNothing())
        .execute();
      const begun = await find(connectionId, id);
      if (!begun) throw new Error(`Verification "${id}" of connection "${connectionId}" was not kept`);
      return begun;
    },
    get: find,
    async finish(connectionId, id) {
      await update(connectionId, id)
        .set({ finished_at: now().toISOString() })
        .where('finished_at', 'is', null)
        .execute();
    },
    async markTold(connectionId, id, told) {
      await update(connectionId, id)
        .set({ told: told ? 1 : 0 })
        .execute();
    },
    async latest({ connectionId, grantId }) {
      const row = await db
        .selectFrom('verifications')
        .selectAll()
        .where('connection_id', '=', connectionId)
        .where('grant_id', '=', grantId)
        .where('finished_at', 'is not', null)
        .orderBy('finished_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    },
  };
}

function fromRow(row: VerificationRow): Verification {
  return {
    connectionId: row.connection_id,
    id: row.id,
    grantId: row.grant_id,
    reason: row.reason,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    told: row.told === 1,
  };
}
