import type {
  DeletionGuard,
  DeletionSource,
  DeletionVerdict,
  QuestionState,
} from '../../../domain/sync/deletion-guard.ts';
import type { Moment, PositionKey } from '../../../domain/master-data.ts';
import type { Database } from '../../database/database.ts';
import { settleQuestion } from './deletion-questions-write.ts';
import { releaseDeleted } from './held-rows.ts';
import { liveRows } from '../live-rows.ts';
import { markDeleted } from '../master-data-delete.ts';
import { countFeed } from '../master-data-write.ts';
import { positionBefore, type PageWrite } from '../page-write.ts';
import type { DeletionQuestionRow } from '../../database/schema.ts';
import { savePosition } from '../sync-positions.ts';
import type { ConnectionId, PersonId } from '../../../domain/ids.ts';

/** Rows that seem to be gone, too many to be believed: what a human is asked about. */
export interface DeletionQuestion extends PositionKey {
  /** Counts within the connection. */
  number: number;
  source: DeletionSource;
  /** How many seem to be gone, of how many. */
  rows: number;
  live: number;
  /** What the package says of the right to read them: yes, no, unknown; null when it was not asked. */
  mayRead: string | null;
  state: QuestionState;
  askedAt: Moment;
  settledAt: Moment | null;
  /** Office user, or null when it settled by itself. */
  settledBy: string | null;
}

export interface DeletionQuestionStore {
  get(connectionId: ConnectionId, number: number): Promise<DeletionQuestion | null>;
  /** Those about which something has not been said yet. */
  untold(connectionId: ConnectionId): Promise<DeletionQuestion[]>;
  /** It was said as it was then; what changed meanwhile is still untold. */
  told(question: DeletionQuestion): Promise<void>;
  /** What the package says of the right to read what seems to be gone. */
  noteRight(key: PositionKey, mayRead: string): Promise<void>;
  /** The rows that seem to be gone, by code. */
  rows(question: DeletionQuestion, limit: number): Promise<{ code: string | null; name: string }[]>;
  /** How many of them have a code that a row has which is not held: they may have come back under other ids. */
  sameCodes(key: PositionKey): Promise<number>;
  /** What a human says; the first answer counts. @returns whether this was it */
  settle(
    connectionId: ConnectionId,
    number: number,
    verdict: DeletionVerdict,
    by: PersonId,
  ): Promise<boolean>;
}

export function createDeletionQuestionStore(
  { db, sql: dialect, transact }: Database,
  { now, guard }: { now: () => Date; guard: DeletionGuard },
): DeletionQuestionStore {
  const of = (connectionId: ConnectionId) =>
    db.selectFrom('deletion_questions').selectAll().where('connection_id', '=', connectionId);
  const waiting = (key: PositionKey) => liveRows(db, key).where('held.kept', '=', 0);
  return {
    async get(connectionId, number) {
      const row = await of(connectionId).where('number', '=', number).executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    },
    async untold(connectionId) {
      return (await of(connectionId).where('untold', '=', 1).orderBy('number').execute()).map(fromRow);
    },
    async told({ connectionId, number, state, rows, mayRead }) {
      await db
        .updateTable('deletion_questions')
        .set({ untold: 0 })
        .where('connection_id', '=', connectionId)
        .where('number', '=', number)
        .where('state', '=', state)
        .where('rows', '=', rows)
        .where('may_read', mayRead === null ? 'is' : '=', mayRead)
        .execute();
    },
    async noteRight({ connectionId, companyId, kind }, mayRead) {
      await db
        .updateTable('deletion_questions')
        .set({ may_read: mayRead, untold: 1 })
        .where('connection_id', '=', connectionId)
        .where('company_id', '=', companyId)
        .where('kind', '=', kind)
        .where('state', '=', 'open')
        .execute();
    },
    async rows(key, limit) {
      return waiting(key)
        .select(['row.code', 'row.name'])
        .orderBy('row.code')
        .orderBy('row.name')
        .limit(limit)
        .execute();
    },
    async sameCodes(key) {
      const seen = liveRows(db, key).where('held.external_id', 'is', null);
      const { amount } = await waiting(key)
        .where('row.code', 'in', seen.where('row.code', 'is not', null).select('row.code'))
        .select((eb) => eb.fn.countAll<number>().as('amount'))
        .executeTakeFirstOrThrow();
      return amount;
    },
    settle: (connectionId, number, verdict, by) =>
      transact(`change feed/${connectionId}`, async (trx) => {
        const row = await trx
          .selectFrom('deletion_questions')
          .selectAll()
          .where('connection_id', '=', connectionId)
          .where('number', '=', number)
          .where('state', '=', 'open')
          .executeTakeFirst();
        if (!row) return false;
        const key = { connectionId, companyId: row.company_id, kind: row.kind };
        const write: PageWrite = { trx, dialect, key, guard, at: now().toISOString() };
        if (verdict === 'deleted') await deleteHeld(write);
        else await keepHeld(write);
        await settleQuestion(write, number, { state: verdict, by });
        await savePosition(trx, key, { question: null });
        return true;
      }),
  };
}

async function deleteHeld(write: PageWrite): Promise<void> {
  const { trx, key } = write;
  const rows = await trx
    .selectFrom('held_deletions')
    .select('external_id')
    .where('connection_id', '=', key.connectionId)
    .where('company_id', '=', key.companyId)
    .where('kind', '=', key.kind)
    .where('kept', '=', 0)
    .execute();
  const ids = rows.map(({ external_id }) => external_id);
  const before = await positionBefore(trx, key);
  const seq = before?.last_seq ?? 0;
  const deleted = await markDeleted(write, ids, seq);
  await countFeed(trx, key.connectionId, seq + ids.length);
  await releaseDeleted(write);
  await savePosition(trx, key, {
    rows: (before?.rows ?? 0) - deleted,
    held: (before?.held ?? 0) - ids.length,
  });
}

/** Nobody is asked about these rows again before they were seen once more. */
async function keepHeld({ trx, key }: PageWrite): Promise<void> {
  await trx
    .updateTable('held_deletions')
    .set({ kept: 1 })
    .where('connection_id', '=', key.connectionId)
    .where('company_id', '=', key.companyId)
    .where('kind', '=', key.kind)
    .execute();
}

function fromRow(row: DeletionQuestionRow): DeletionQuestion {
  return {
    connectionId: row.connection_id,
    companyId: row.company_id,
    kind: row.kind,
    number: row.number,
    source: row.source,
    rows: row.rows,
    live: row.live,
    mayRead: row.may_read,
    state: row.state,
    askedAt: row.asked_at,
    settledAt: row.settled_at,
    settledBy: row.settled_by,
  };
}
