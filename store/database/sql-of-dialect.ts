import type { PositionKey } from '../../domain/master-data.ts';
import type { RawBuilder, Transaction } from 'kysely';
import type { Schema } from './schema.ts';

export type DatabaseKind = 'sqlite' | 'postgres';

/** One row of a page on its way into the table. */
export type PageRow = [
  externalId: string,
  code: string | null,
  name: string,
  active: 0 | 1,
  details: string,
  modifiedAt: string | null,
  contentHash: string,
];

/** The same as the database reads it. `ordinal` counts from 1 within the page. */
export interface ReadRow {
  ordinal: number;
  external_id: string;
  code: string | null;
  name: string;
  active: number;
  details: string;
  modified_at: string | null;
  content_hash: string;
}

export type PageId = Pick<ReadRow, 'ordinal' | 'external_id'>;

/** Where SQLite and PostgreSQL differ. Everything else is written once, with Kysely. */
export interface SqlOfDialect {
  /** Waits for the named lock and holds it until the transaction ends. */
  holdLock(trx: Transaction<Schema>, lock: string): Promise<void>;
  /** What time it is, as ISO text: by the clock of the database, which all processes share. */
  now: RawBuilder<string>;
  /** Did the database give up a transaction for the sake of another one? */
  mayBeTriedAgain(error: unknown): boolean;
  /** JSON of PageRow[] as something to select from: a thousand rows are one parameter and one statement. */
  pageRows(json: string): RawBuilder<ReadRow>;
  /** Of those, the rows an upsert may be asked to write: none that it would lock or touch without need. */
  rowsToWrite(json: string, key: PositionKey): RawBuilder<ReadRow>;
  /** JSON of PageId[] as something to select from. */
  pageIds(json: string): RawBuilder<PageId>;
  /** The ids that the full pass under way has kept, one a row. */
  passIds(key: PositionKey): RawBuilder<{ external_id: string }>;
}
