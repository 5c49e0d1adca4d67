import type { Transaction } from 'kysely';
import type { PartOfListing } from '../../accounting/port.ts';
import { keepIds, passAt, passColumns } from './deletions/full-pass.ts';
import { takeDeletions } from './deletions/held-deletions.ts';
import type { PreparedPage } from './master-data-page.ts';
import { upsertRows } from './master-data-upsert.ts';
import { positionBefore, type PageWrite } from './page-write.ts';
import { countPage } from './round-counts.ts';
import type { Schema } from '../database/schema.ts';
import { savePosition } from './sync-positions.ts';
import type { ConnectionId } from '../../domain/ids.ts';

/** What a page did, each row counted once: the first four add up to the rows of the page. */
export interface PageCounts {
  inserted: number;
  changed: number;
  unchanged: number;
  reappeared: number;
  deleted: number;
  /** Deletions that are too many to be believed: they wait for a human, and the rows count as live. */
  held: number;
}

/** From where to where a page moves a position, and in which round. */
export interface PositionStep {
  /** The checkpoint the page was read from; null before the first one. */
  from: string | null;
  checkpoint: string;
  round: number;
  whole: PartOfListing | undefined;
}

/**
 * Writes a page and its checkpoint inside a transaction that holds the lock of the change feed: a handful of statements,
 * whatever the size of the page, and none of them touches a row that stays as it is.
 * @returns null, with nothing written, when the position is no longer where the page was read from
 */
export async function writePage(
  write: PageWrite,
  page: PreparedPage,
  step: PositionStep,
): Promise<PageCounts | null> {
  const { trx, key } = write;
  const before = await positionBefore(trx, key);
  if ((before?.checkpoint ?? null) !== step.from) return null;
  const seq = before?.last_seq ?? (await lastSeq(trx, key.connectionId));
  const pass = passAt(before, step.whole, { at: write.at, seq });
  const counts = { ...(await upsertRows(write, page, { before, seq })), deleted: 0, held: 0 };
  if (pass) await keepIds(write, pass, page.seen);
  const live = (before?.rows ?? 0) + counts.inserted + counts.reappeared;
  const gone = await takeDeletions(write, {
    ...{ before, page, pass, live, seq: seq + page.rows },
    passEnd: pass === null || !step.whole?.ends ? null : step.whole.proof === null ? 'unproven' : 'proven',
  });
  counts.deleted = gone.deleted;
  counts.held = gone.held;
  const written = counts.inserted + counts.changed + counts.reappeared + counts.deleted;
  if (written > 0) await countFeed(trx, key.connectionId, gone.seq);
  await savePosition(trx, key, {
    checkpoint: step.checkpoint,
    rows: live - counts.deleted,
    ...countPage(before, { round: step.round, ...counts }),
    ...passColumns(pass, before, step.whole?.ends ? { at: write.at, proof: step.whole.proof } : null),
    ...gone.columns,
  });
  return counts;
}

/** The last number given out in the feed; asked by itself only for the first page of a company and kind. */
async function lastSeq(trx: Transaction<Schema>, connectionId: ConnectionId): Promise<number> {
  const feed = await trx
    .selectFrom('change_feeds')
    .select('last_seq')
    .where('connection_id', '=', connectionId)
    .executeTakeFirst();
  return feed?.last_seq ?? 0;
}

export async function countFeed(
  trx: Transaction<Schema>,
  connectionId: ConnectionId,
  lastSeq: number,
): Promise<void> {
  await trx
    .insertInto('change_feeds')
    .values({ connection_id: connectionId, last_seq: lastSeq })
    .onConflict((conflict) => conflict.column('connection_id').doUpdateSet({ last_seq: lastSeq }))
    .execute();
}
