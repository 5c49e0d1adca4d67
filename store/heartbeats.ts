import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from './database/database.ts';

export type Program = 'worker' | 'server';

/** Which programs of the installation live, by the clock of the database. */
export interface HeartbeatStore {
  /** This process lives now. It writes, so it tells as well whether the database takes anything. */
  beat(program: Program): Promise<void>;
  /** Whether any process of this program lived a moment ago. */
  lives(program: Program): Promise<boolean>;
  /** This process ends, and knows it. */
  stop(): Promise<void>;
}

/** How often a program says that it lives. */
export const beatEveryMs = 5_000;
/** Whoever was silent for so long is dead, or as good as dead. */
export const silentForMs = 20_000;

export function createHeartbeatStore({ db, sql: of }: Database): HeartbeatStore {
  const process = randomUUID();
  return {
    async beat(program) {
      await db
        .insertInto('heartbeats')
        .values({ process, program, at: of.now })
        .onConflict((conflict) => conflict.columns(['program', 'process']).doUpdateSet({ at: of.now }))
        .execute();
      // Those that were killed. A day is so long that it does not matter whose clock it is.
      const long = new Date(Date.now() - 86_400_000).toISOString();
      await db.deleteFrom('heartbeats').where('at', '<', long).execute();
    },
    async lives(program) {
      const { now, last } = await db
        .selectNoFrom((eb) => [
          of.now.as('now'),
          eb
            .selectFrom('heartbeats')
            .select(sql<string | null>`max(at)`.as('at'))
            .where('program', '=', program)
            .as('last'),
        ])
        .executeTakeFirstOrThrow();
      return last !== null && Date.parse(now) - Date.parse(last) < silentForMs;
    },
    async stop() {
      await db.deleteFrom('heartbeats').where('process', '=', process).execute();
    },
  };
}
