import { CompiledQuery, type DatabaseConnection, type QueryResult } from 'kysely';
import sqlite3 from 'sqlite3';
import { DatabaseUnavailableError } from './unavailable.ts';

export interface Sqlite3Config {
  file: string;
  /** How long a statement waits for another process that holds the file. @default 30000 */
  patienceMs?: number;
}

/** The file stayed locked by another process for longer than the patience allows. Nothing was written. */
export class DatabaseLockedError extends DatabaseUnavailableError {
  override name = 'DatabaseLockedError';
}

/** One connection of the `sqlite3` package as Kysely wants it: statements as promises, with patience for other processes. */
export class Sqlite3Connection implements DatabaseConnection {
  readonly #handle: sqlite3.Database;
  readonly #config: Sqlite3Config;

  private constructor(handle: sqlite3.Database, config: Sqlite3Config) {
    this.#handle = handle;
    this.#config = config;
  }

  static async open(config: Sqlite3Config): Promise<Sqlite3Connection> {
    const handle = await new Promise<sqlite3.Database>((resolve, reject) => {
      const opened: sqlite3.Database = new sqlite3.Database(config.file, (error) =>
        error === null ? resolve(opened) : reject(error),
      );
    });
    // A short wait inside SQLite (it blocks a thread of the pool), repeated by us up to the patience.
    handle.configure('busyTimeout', Math.min(1_000, patience(config)));
    const connection = new Sqlite3Connection(handle, config);
    await connection.#prepare();
    return connection;
  }

  /** WAL lets one process write while others read. `synchronous` stays FULL: a rotated grant must survive a power cut. */
  async #prepare(): Promise<void> {
    const mode = await this.executeQuery<{ journal_mode: string }>(CompiledQuery.raw('pragma journal_mode'));
    if (mode.rows[0]?.journal_mode !== 'wal') {
      await this.executeQuery(CompiledQuery.raw('pragma journal_mode = wal'));
    }
    await this.executeQuery(CompiledQuery.raw('pragma foreign_keys = on'));
    // What a statement may have to take back is kept in memory, not in a file of its own: a page is a few megabytes.
    await this.executeQuery(CompiledQuery.raw('pragma temp_store = memory'));
    // Room for the upper levels of the indexes of some million rows (the rest the system keeps), and fewer, larger copies from the log to the file.
    await this.executeQuery(CompiledQuery.raw('pragma cache_size = -16384'));
    await this.executeQuery(CompiledQuery.raw('pragma wal_autocheckpoint = 8192'));
  }

  /** A statement that ended in SQLITE_BUSY did not happen, so it is tried again, inside a transaction as well. */
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const deadline = performance.now() + patience(this.#config);
    for (;;) {
      try {
        return answersRows(query) ? await this.#all<R>(query) : await this.#run<R>(query);
      } catch (error) {
        if (!isBusy(error)) throw unavailable(error) ?? error;
        if (performance.now() >= deadline) {
          const seconds = patience(this.#config) / 1_000;
          throw new DatabaseLockedError(
            `another process holds ${this.#config.file} locked for more than ${seconds} s`,
            {
              cause: error,
            },
          );
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }

  #all<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return new Promise((resolve, reject) => {
      this.#handle.all<R>(query.sql, query.parameters, (error, rows) =>
        error === null ? resolve({ rows }) : reject(error),
      );
    });
  }

  #run<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return new Promise((resolve, reject) => {
      this.#handle.run(query.sql, query.parameters, function (error) {
        if (error !== null) reject(error);
        else resolve({ rows: [], numAffectedRows: BigInt(this.changes), insertId: BigInt(this.lastID) });
      });
    });
  }

  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('streaming is not supported; read in pages');
  }

  close(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#handle.close((error) => (error === null ? resolve() : reject(error)));
    });
  }
}

function patience(config: Sqlite3Config): number {
  return config.patienceMs ?? 30_000;
}

/** `run` tells how many rows changed, `all` gives rows; the package offers no call that does both. */
function answersRows({ query }: CompiledQuery): boolean {
  return (
    query.kind === 'SelectQueryNode' ||
    query.kind === 'RawNode' ||
    ('returning' in query && query.returning !== undefined)
  );
}

/** No room, no file, no way to it (sqlite.org/rescode.html). */
function unavailable(error: unknown): DatabaseUnavailableError | null {
  const { code, message } = (error ?? {}) as { code?: string; message?: string };
  if (!code || !['SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_CANTOPEN', 'SQLITE_READONLY'].includes(code))
    return null;
  return new DatabaseUnavailableError(`the database takes nothing: ${message ?? code}`, {
    cause: error,
    code,
  });
}

/** By its code alone: an error of the native module need not be an `Error` of this realm (under jest it is not). */
function isBusy(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'SQLITE_BUSY';
}
