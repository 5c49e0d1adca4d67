import type { Moment } from '../../domain/master-data.ts';
import type { Database } from '../database/database.ts';
import type { ConnectionId } from '../../domain/ids.ts';

/** What the package said when it last refused the login of a connection, for whoever asks why. */
export interface LoginRefusal {
  at: Moment;
  saw: string;
}

export interface LoginRefusalStore {
  note(connectionId: ConnectionId, saw: string): Promise<void>;
  last(connectionId: ConnectionId): Promise<LoginRefusal | null>;
}

export function createLoginRefusalStore({ db }: Database, { now }: { now: () => Date }): LoginRefusalStore {
  return {
    async note(connectionId, saw) {
      const refusal = { at: now().toISOString(), saw };
      await db
        .insertInto('login_refusals')
        .values({ connection_id: connectionId, ...refusal })
        .onConflict((conflict) => conflict.column('connection_id').doUpdateSet(refusal))
        .execute();
    },
    async last(connectionId) {
      const row = await db
        .selectFrom('login_refusals')
        .select(['at', 'saw'])
        .where('connection_id', '=', connectionId)
        .executeTakeFirst();
      return row ?? null;
    },
  };
}
