import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Kysely, Migrator, PostgresDialect, type Dialect, type Transaction } from 'kysely';
import pg from 'pg';
import { migrations } from './migrations/index.ts';
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

/** A SQLite file (made when it is missing), or a PostgreSQL address as in `postgres://user:password@host/database`. */
export type DatabaseAddress = { file: string; patienceMs?: number } | { url: string };

/**
 * Opens the database and brings its tables up to date. Several processes may do so at the same time.
 * @throws when it cannot be reached, or was made by a newer version than this one
 */
export async function openDatabase(address: DatabaseAddress): Promise<Database> {
  const kind: DatabaseKind = 'file' in address ? 'sqlite' : 'postgres';
  if ('file' in address) await mkdir(dirname(address.file), { recursive: true });
  const db = new Kysely<Schema>({
    dialect: 'file' in address ? new Sqlite3Dialect(address) : postgres(address.url),
  });
  const sql = kind === 'sqlite' ? sqliteSql : postgresSql;
  try {
    await migrate(db, kind);
  } catch (error) {
    await db.destroy().catch(() => {}); // what went wrong first is the error worth telling
    throw error;
  }
  return { db, kind, sql, transact: transactOn(db, sql), close: () => db.destroy() };
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

const int8 = 20;

function postgres(connectionString: string): Dialect {
  const types = {
    // Counts come as int8, which pg gives as text; ours stay far below 2^53.
    getTypeParser: (oid: number, format?: 'text' | 'binary'): unknown =>
      oid === int8 ? Number : pg.types.getTypeParser(oid, format),
  };
  const pool = new pg.Pool({ connectionString, types });
  // An idle connection that breaks is dropped from the pool; without a listener it would end the process.
  pool.on('error', () => {});
  return new PostgresDialect({ pool });
}
