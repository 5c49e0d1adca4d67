import { asksFirst, type DeletionSource } from '../../../domain/sync/deletion-guard.ts';
import { deletedLately } from './deleted-lately.ts';
import { openQuestion, settleQuestion } from './deletion-questions-write.ts';
import { forgetIds, unseen, type Pass } from './full-pass.ts';
import { hold, release, releaseDeleted, standing, stillHeld, type SeemsGone } from './held-rows.ts';
import { liveRows } from '../live-rows.ts';
import { markDeleted } from '../master-data-delete.ts';
import type { PreparedPage } from '../master-data-page.ts';
import { positionBefore, type PageWrite, type PositionBefore } from '../page-write.ts';
import { storedAmong } from '../stored-among.ts';
import { savePosition } from '../sync-positions.ts';

interface PageDeletions {
  before: PositionBefore | undefined;
  page: PreparedPage;
  pass: Pass | null;
  /** Null as long as the pass goes on. One whose end proves nothing says nothing of what it has not seen. */
  passEnd: 'proven' | 'unproven' | null;
  /** Live rows before any of them is deleted. */
  live: number;
  /** The last place in the feed that is taken. */
  seq: number;
}

interface Taken {
  deleted: number;
  held: number;
  seq: number;
  columns: { held?: number; question?: number | null };
}

/**
 * What a page says is gone: what the package reports, and, at the proven end of a full pass, what that has not seen. Too
 * many at once are held for a human, in the same transaction as the checkpoint, so that no news is lost. Held rows that
 * come with the page are held no longer.
 */
export async function takeDeletions(write: PageWrite, deletions: PageDeletions): Promise<Taken> {
  const { before, page, pass, passEnd, live } = deletions;
  const taken: Taken = { deleted: 0, held: 0, seq: deletions.seq, columns: {} };
  let question = before?.question ?? null;
  let proven = 0;
  let isAnyHeld = (before?.held ?? 0) > 0;

  const remove = async (ids: readonly string[]) => {
    if (ids.length === 0) return;
    taken.deleted += await markDeleted(write, ids, taken.seq);
    taken.seq += ids.length;
  };
  const judge = async (rows: readonly SeemsGone[], source: DeletionSource) => {
    const news = rows.filter(({ answered }) => !answered.includes(source));
    if (news.length === 0) return;
    const ids = news.map(({ externalId }) => externalId);
    const lately = (await deletedLately(write, question)) - proven;
    // What waits for an answer counts as well: else a storm in several pages would be judged by its last few.
    const waiting = isAnyHeld ? (await stillHeld(write)).open : 0;
    const gone = lately + waiting + news.filter(({ isWaiting }) => !isWaiting).length;
    if (!asksFirst(gone, live - taken.deleted + lately, write.guard)) return remove(ids);
    question ??= await openQuestion(write, { source, live: live - taken.deleted });
    const inPass = pass?.number ?? before?.pass ?? 0;
    taken.held += await hold(write, ids, { source, question, pass: inPass });
    isAnyHeld = true;
  };

  const cameBack = before?.held ? await release(write, page.seen) : 0;
  if (page.ids > 0) await judge(await stillThere(write, page), 'package');
  const reported = taken.deleted;
  if (passEnd === 'unproven') await forgetIds(write);
  if (pass && passEnd === 'proven') {
    const gone = await unseen(write, pass);
    await forgetIds(write);
    // Reported by the package, and missing in a complete listing that began later: that is proof enough.
    await remove(gone.filter((row) => row.wasReported).map(({ externalId }) => externalId));
    proven = taken.deleted - reported;
    if (proven > 0) await releaseDeleted(write);
    await judge(
      gone.filter((row) => !row.wasReported),
      'listing',
    );
  }
  if (!isAnyHeld) return taken;

  if (taken.deleted > 0) await releaseDeleted(write);
  const { held, open } = await stillHeld(write);
  taken.columns = { held, question: open > 0 ? question : null };
  if (question !== null)
    await settleQuestion(
      write,
      question,
      open > 0
        ? { state: 'open', rows: open }
        : { state: cameBack > 0 ? 'came-back' : 'confirmed', by: null },
    );
  return taken;
}

/** Holds every live row about which nobody was asked for this reason yet. */
export async function holdEverything(write: PageWrite): Promise<void> {
  const { trx, key } = write;
  const before = await positionBefore(trx, key);
  const rows = await liveRows(trx, key)
    .select(['row.external_id', 'held.source', 'held.kept', 'held.kept_before'])
    .execute();
  const ids = rows.flatMap((row) => {
    const { isWaiting, answered } = standing(row);
    return isWaiting || answered.includes('kind') ? [] : row.external_id;
  });
  if (!before || ids.length === 0) return;
  const question = before.question ?? (await openQuestion(write, { source: 'kind', live: before.rows }));
  await hold(write, ids, { source: 'kind', question, pass: before.pass });
  const { held, open } = await stillHeld(write);
  await settleQuestion(write, question, { state: 'open', rows: open });
  await savePosition(trx, key, { held, question });
}

/** Those of the reported ids that are live. */
async function stillThere(write: PageWrite, page: PreparedPage): Promise<SeemsGone[]> {
  const rows = await storedAmong(write, write.dialect.pageIds(page.idsJson))
    .leftJoin('held_deletions as held', (join) =>
      join
        .onRef('held.connection_id', '=', 'stored.connection_id')
        .onRef('held.company_id', '=', 'stored.company_id')
        .onRef('held.kind', '=', 'stored.kind')
        .onRef('held.external_id', '=', 'stored.external_id'),
    )
    .where('stored.deleted_at', 'is', null)
    .select(['stored.external_id', 'held.source', 'held.kept', 'held.kept_before'])
    .orderBy('page.ordinal')
    .execute();
  return rows.map((row) => ({ externalId: row.external_id, ...standing(row) }));
}
