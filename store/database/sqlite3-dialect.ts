import {
  CompiledQuery,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type Dialect,
  type Driver,
  type Kysely,
} from 'kysely';
import { Sqlite3Connection, type Sqlite3Config } from './sqlite3-connection.ts';

/**
 * Kysely on the asynchronous `sqlite3` package: statements run off the main thread, one connection per handle.
 * Kysely's own SqliteDialect expects the synchronous interface of better-sqlite3, so only its compiler,
 * adapter and introspector are used.
 */
export class Sqlite3Dialect implements Dialect {
  readonly #config: Sqlite3Config;

  constructor(config: Sqlite3Config) {
    this.#config = config;
  }

  createDriver(): Driver {
    return new Sqlite3Driver(this.#config);
  }
  createQueryCompiler(): SqliteQueryCompiler {
    return new SqliteQueryCompiler();
  }
  createAdapter(): SqliteAdapter {
    return new Sqlite3Adapter();
  }
  createIntrospector(db: Kysely<unknown>): SqliteIntrospector {
    return new SqliteIntrospector(db);
  }
}

/** SQLite's DDL is transactional, so that migrations run in one BEGIN IMMEDIATE: the lock between processes. */
class Sqlite3Adapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class Sqlite3Driver implements Driver {
  readonly #config: Sqlite3Config;
  readonly #turn = new Turn();
  #connection: Sqlite3Connection | undefined;

  constructor(config: Sqlite3Config) {
    this.#config = config;
  }

  async init(): Promise<void> {
    this.#connection = await Sqlite3Connection.open(this.#config);
  }

  /** Whoever has the connection has it alone: nobody's statement slips into somebody else's transaction. */
  async acquireConnection(): Promise<Sqlite3Connection> {
    if (this.#connection === undefined) throw new Error('the database is not open');
    await this.#turn.take();
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    this.#turn.pass();
  }

  /** IMMEDIATE: a read transaction that turns into a writer later could fail with SQLITE_BUSY half way. */
  async beginTransaction(connection: Sqlite3Connection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  async commitTransaction(connection: Sqlite3Connection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  /** A full disk or an I/O error has rolled back already (sqlite.org/lang_transaction.html, section 3). */
  async rollbackTransaction(connection: Sqlite3Connection): Promise<void> {
    try {
      await connection.executeQuery(CompiledQuery.raw('rollback'));
    } catch (error) {
      if (!String(error).includes('no transaction is active')) throw error;
    }
  }

  async destroy(): Promise<void> {
    await this.#connection?.close();
  }
}

/** First come, first served. */
class Turn {
  #last: Promise<void> = Promise.resolve();
  #release: (() => void) | undefined;

  async take(): Promise<void> {
    const before = this.#last;
    let release = () => {};
    this.#last = new Promise((resolve) => (release = resolve));
    await before;
    this.#release = release;
  }

  pass(): void {
    this.#release?.();
  }
}
