import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { DatabaseUnavailableError } from './unavailable.ts';

export interface PostgresPatience {
  /** How long to wait for a connection: a new one, or one that somebody else is using. */
  connectMs: number;
  /** How long one statement may take, with its wait for a lock; null where it takes what it takes. */
  statementMs: number | null;
}

/** A server that is not there at all is noticed after so long, though nobody asks it anything. */
const keepAliveAfterMs = 10_000;
const int8 = 20;

/**
 * The connections to a PostgreSQL server that may be killed, restarted or frozen at any moment: whoever is waiting for it
 * then gets an error within the patience, and the next statement has a new connection.
 */
export function createPostgresPool(
  connectionString: string,
  { connectMs, statementMs }: PostgresPatience,
): PostgresPool {
  const pool = new pg.Pool({
    connectionString,
    types: {
      // Counts come as int8, which pg gives as text; ours stay far below 2^53.
      getTypeParser: (oid: number, format?: 'text' | 'binary'): unknown =>
        oid === int8 ? Number : pg.types.getTypeParser(oid, format),
    },
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveAfterMs,
    // Both sides: a frozen server stops nothing by itself, and one that we gave up on must not go on working.
    ...(statementMs === null ? {} : { query_timeout: statementMs, statement_timeout: statementMs }),
  });
  // An event 'error' that nobody hears ends the process. The pool hears those of the clients that wait in it, and nobody
  // those of a client in use, whose statement fails as well (node-postgres.com/apis/pool, "events").
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return {
    connect: () => pool.connect().then(lent, (error: unknown) => Promise.reject(asUnavailable(error))),
    end: () => pool.end(),
  };
}

/**
 * A client of which nobody knows what it is doing is never used again: after a statement that was not answered in time it
 * may stand in the middle of a transaction.
 */
function lent(client: pg.PoolClient): PostgresPoolClient {
  let isLost = false;
  const query = async (sql: string, parameters: unknown[]): Promise<unknown> => {
    try {
      return await client.query(sql, parameters);
    } catch (error) {
      isLost ||= !(error instanceof pg.DatabaseError);
      throw saysUnavailable(error) ? asUnavailable(error) : error;
    }
  };
  return { query, release: () => client.release(isLost) } as PostgresPoolClient;
}

/**
 * Connections, room and resources, shutdown, a statement or a wait for a lock that took too long, and the system below
 * (PostgreSQL documentation, appendix A "Error Codes"; 25006: a stand-by, or a disk that takes nothing).
 */
const away = /^(08|53|57P|57014|55P03|58|25006)/;

/** What PostgreSQL itself refuses has a code; all else comes from the way there. */
function saysUnavailable(error: unknown): boolean {
  return !(error instanceof pg.DatabaseError) || away.test(error.code ?? '');
}

function asUnavailable(cause: unknown): DatabaseUnavailableError {
  const { message, code } = cause as { message?: string; code?: string };
  return new DatabaseUnavailableError(
    `PostgreSQL does not answer: ${message || (code ?? 'no reason given')}`,
    {
      cause,
      ...(code && { code }),
    },
  );
}
