import type { Insertable, Kysely } from 'kysely';
import type { FullPass } from '../../domain/sync/full-pass.ts';
import type { Gate } from '../../domain/connections/gates.ts';
import {
  masterDataKinds,
  type MasterDataKind,
  type Moment,
  type PositionKey,
} from '../../domain/master-data.ts';
import type { Database } from '../database/database.ts';
import { countsOf, type RoundCounts } from './round-counts.ts';
import type { Schema, SyncPositionRow } from '../database/schema.ts';
import type { CompanyId, ConnectionId } from '../../domain/ids.ts';

export interface SyncPosition extends PositionKey {
  /** Where the next read goes on; null before the first page. */
  checkpoint: string | null;
  /** Live rows. */
  rows: number;
  /** Null as well when the kind is not there any more: what cannot come in has no age. */
  lastSuccessAt: Moment | null;
  /** False when the package has no such kind in this company (any more). */
  isThere: boolean;
  lastAttemptAt: Moment | null;
  lastError: SyncError | null;
  /** The newest round that read it to the end; 0 before the first. A retried activity skips what is done. */
  syncedRound: number;
  /** What the round that stored a page last did to it, and the one before. */
  counted: [RoundCounts, ...RoundCounts[]];
  /** The newest listing of everything; null before the first. */
  fullPass: FullPass | null;
  /** A human is asked about deletions. */
  isAsked: boolean;
}

export interface SyncError {
  code: string;
  /** For an operator; never a secret. */
  text: string;
  /** Which gate is closed, where that is what it is about; so where it is mended. */
  gate?: Gate;
}

export interface SyncSummary {
  /** Live rows of the linked companies. */
  rows: Record<MasterDataKind, number>;
  /** The oldest last success among those that ever succeeded; null when none did. */
  oldestSuccessAt: Moment | null;
  /** How many were tried but never succeeded. */
  neverSucceeded: number;
  errors: (PositionKey & { error: SyncError })[];
}

export interface SyncPositionStore {
  /** Null when it was never tried. */
  get(key: PositionKey): Promise<SyncPosition | null>;
  forCompany(connectionId: ConnectionId, companyId: CompanyId): Promise<SyncPosition[]>;
  forConnection(connectionId: ConnectionId): Promise<SyncPosition[]>;
  recordFailure(key: PositionKey, error: SyncError): Promise<void>;
  /** The round read it to the end. */
  recordSuccess(key: PositionKey, round: number): Promise<void>;
  /** Over the linked companies only. */
  summary(connectionId: ConnectionId): Promise<SyncSummary>;
}

export function createSyncPositionStore({ db }: Database, { now }: { now: () => Date }): SyncPositionStore {
  const positions = (connectionId: ConnectionId) =>
    db.selectFrom('sync_positions').selectAll().where('sync_positions.connection_id', '=', connectionId);

  return {
    async get({ connectionId, companyId, kind }) {
      const query = positions(connectionId).where('company_id', '=', companyId).where('kind', '=', kind);
      const row = await query.executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    },
    async forCompany(connectionId, companyId) {
      return inOrder(await positions(connectionId).where('company_id', '=', companyId).execute());
    },
    async forConnection(connectionId) {
      return inOrder(await positions(connectionId).execute());
    },
    async recordFailure(key, { code, text, gate }) {
      const fresh = {
        last_attempt_at: now().toISOString(),
        error_code: code,
        error_text: text,
        error_gate: gate ?? null,
      };
      await savePosition(db, key, fresh);
    },
    async recordSuccess(key, round) {
      const at = now().toISOString();
      const fresh = {
        last_attempt_at: at,
        last_success_at: at,
        error_code: null,
        error_text: null,
        error_gate: null,
      };
      await savePosition(db, key, { ...fresh, synced_round: round, first_success_at: at });
    },
    async summary(connectionId) {
      const rows = await positions(connectionId)
        .innerJoin('companies', (join) =>
          join
            .onRef('companies.connection_id', '=', 'sync_positions.connection_id')
            .onRef('companies.external_id', '=', 'sync_positions.company_id'),
        )
        .where('companies.linked', '=', 1)
        .execute();
      return summarise(inOrder(rows));
    },
  };
}

/** Writes some columns of a position, which is made when it is not there yet. Also used inside a page's transaction. */
export async function savePosition(
  db: Kysely<Schema>,
  { connectionId, companyId, kind }: PositionKey,
  fresh: Partial<Omit<Insertable<SyncPositionRow>, 'connection_id' | 'company_id' | 'kind'>>,
): Promise<void> {
  const start = {
    rows: 0,
    synced_round: 0,
    counted_round: 0,
    inserted: 0,
    changed: 0,
    reappeared: 0,
    deleted: 0,
    pass: 0,
    pass_running: 0 as const,
    pass_page: 0,
    held: 0,
  };
  await db
    .insertInto('sync_positions')
    .values({ connection_id: connectionId, company_id: companyId, kind, ...start, ...fresh })
    .onConflict((conflict) =>
      conflict.columns(['connection_id', 'company_id', 'kind']).doUpdateSet((eb) => ({
        ...fresh,
        // The first one stays.
        ...(fresh.first_success_at && {
          first_success_at: eb.fn.coalesce('sync_positions.first_success_at', 'excluded.first_success_at'),
        }),
      })),
    )
    .execute();
}

function summarise(positions: SyncPosition[]): SyncSummary {
  const rows = Object.fromEntries(masterDataKinds.map((kind) => [kind, 0])) as Record<MasterDataKind, number>;
  for (const position of positions) rows[position.kind] += position.rows;
  const successes = positions.flatMap(({ lastSuccessAt }) => lastSuccessAt ?? []).sort();
  const errors = positions.flatMap(({ connectionId, companyId, kind, lastError }) =>
    lastError === null ? [] : { connectionId, companyId, kind, error: lastError },
  );
  return {
    rows,
    oldestSuccessAt: successes[0] ?? null,
    neverSucceeded: positions.length - successes.length,
    errors,
  };
}

/** By company, then in the order of the kinds. */
function inOrder(rows: SyncPositionRow[]): SyncPosition[] {
  const order = (row: SyncPositionRow) => masterDataKinds.indexOf(row.kind);
  return rows
    .toSorted((a, b) =>
      a.company_id === b.company_id ? order(a) - order(b) : a.company_id < b.company_id ? -1 : 1,
    )
    .map(fromRow);
}

export function fromRow(row: SyncPositionRow): SyncPosition {
  return {
    connectionId: row.connection_id,
    companyId: row.company_id,
    kind: row.kind,
    checkpoint: row.checkpoint,
    rows: row.rows,
    lastSuccessAt: lastSuccessOf(row),
    isThere: isThere(row),
    lastAttemptAt: row.last_attempt_at,
    lastError: errorOf(row),
    syncedRound: row.synced_round,
    counted: countsOf(row),
    fullPass:
      row.pass_began_at === null
        ? null
        : {
            beganAt: row.pass_began_at,
            endedAt: row.pass_ended_at,
            proof: row.pass_proof,
            running: row.pass_running === 1,
          },
    isAsked: row.question !== null,
  };
}

/** A module that is missing, or was removed. */
const isThere = ({ error_gate }: Pick<SyncPositionRow, 'error_gate'>) => error_gate !== 'module';

export function lastSuccessOf(row: Pick<SyncPositionRow, 'error_gate' | 'last_success_at'>): Moment | null {
  return isThere(row) ? row.last_success_at : null;
}

function errorOf({
  error_code: code,
  error_text: text,
  error_gate: gate,
}: SyncPositionRow): SyncError | null {
  return code === null ? null : { code, text: text ?? '', ...(gate && { gate }) };
}
