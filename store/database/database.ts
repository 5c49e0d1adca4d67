import { Kysely, Migrator, PostgresDialect, type Transaction } from 'kysely';
import { migrations } from './migrations/index.ts';
import { ownFile } from './own-file.ts';
import { createPostgresPool } from './postgres-pool.ts';
import { postgresSql } from './postgres-sql.ts';
import type { Schema } from './schema.ts';
import type { DatabaseKind, SqlOfDialect } from './sql-of-dialect.ts';
import { Sqlite3Dialect } from './sqlite3-dialect.ts';
import { sqliteSql } from './sqlite-sql.ts';

export interface Database {
  readonly db: Kysely<Schema>;
  readonly kind: DatabaseKind;
  /** What the two databases say differently. */
  readonly sql: SqlOfDialect;
  /**
   * Runs the work in one transaction and under a named lock that holds across processes: two pieces of work with the
   * same lock never overlap. The work may be run again after a deadlock, so it must touch nothing but `trx`.
   */
  readonly transact: <T>(lock: string, work: (trx: Transaction<Schema>) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

/**
 * A SQLite file (made when it is missing), or a PostgreSQL address as in `postgres://user:password@host/database`; and how
 * long whoever needs it waits before it is an error (30 s).
 */
export type DatabaseAddress = ({ file: string } | { url: string }) & { patienceMs?: number };

const usualPatienceMs = 30_000;

/**
 * Opens the database and brings its tables up to date. Several processes may do so at the same time.
 * @throws when it cannot be reached, or was made by a newer version than this one
 */
export async function openDatabase(address: DatabaseAddress): Promise<Database> {
  const kind: DatabaseKind = 'file' in address ? 'sqlite' : 'postgres';
  const sql = kind === 'sqlite' ? sqliteSql : postgresSql;
  const db = 'file' in address ? await openSqlite(address) : await openPostgres(address);
  return { db, kind, sql, transact: transactOn(db, sql), close: () => db.destroy() };
}

async function openSqlite(address: { file: string; patienceMs?: number }): Promise<Kysely<Schema>> {
  await ownFile(address.file);
  const db = new Kysely<Schema>({ dialect: new Sqlite3Dialect(address) });
  try {
    await migrate(db, 'sqlite');
    return db;
  } catch (error) {
    await db.destroy().catch(() => {}); // what went wrong first is the error worth telling
    throw error;
  }
}

/** New tables take as long as they take, and whoever waits for another process to make them too; all else has a limit. */
async function openPostgres({
  url,
  patienceMs = usualPatienceMs,
}: {
  url: string;
  patienceMs?: number;
}): Promise<Kysely<Schema>> {
  const on = (statementMs: number | null) =>
    new Kysely<Schema>({
      dialect: new PostgresDialect({ pool: createPostgresPool(url, { connectMs: patienceMs, statementMs }) }),
    });
  const unhurried = on(null);
  try {
    await migrate(unhurried, 'postgres');
  } finally {
    await unhurried.destroy().catch(() => {});
  }
  return on(2 * patienceMs);
}

/** Kysely's Migrator holds a lock: an advisory one on PostgreSQL, BEGIN IMMEDIATE on SQLite. */
async function migrate(db: Kysely<Schema>, kind: DatabaseKind): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations(kind) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined)
    throw new Error(`the tables of the ${kind} database could not be brought up to date`, { cause: error });
}

function transactOn(db: Kysely<Schema>, sql: SqlOfDialect): Database['transact'] {
  return async (lock, work) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await db.transaction().execute(async (trx) => {
          await sql.holdLock(trx, lock);
          return work(trx);
        });
      } catch (error) {
        if (attempt === 5 || !sql.mayBeTriedAgain(error)) throw error;
      }
    }
  };
}
