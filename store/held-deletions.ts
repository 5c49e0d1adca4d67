import { asksFirst, type DeletionSource } from '../domain/deletion-guard.ts';
import { deletedLately } from './deleted-lately.ts';
import { openQuestion, settleQuestion } from './deletion-questions-write.ts';
import { forgetIds, unseen, type Pass } from './full-pass.ts';
import { hold, release, releaseDeleted, stillHeld } from './held-rows.ts';
import { markDeleted } from './master-data-delete.ts';
import type { PreparedPage } from './master-data-page.ts';
import type { PageWrite, PositionBefore } from './master-data-write.ts';
import { storedAmong } from './stored-among.ts';

interface PageDeletions {
  before: PositionBefore | undefined;
  page: PreparedPage;
  pass: Pass | null;
  isPassOver: boolean;
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
  const { before, page, pass, isPassOver, live } = deletions;
  const taken: Taken = { deleted: 0, held: 0, seq: deletions.seq, columns: {} };
  let question = before?.question ?? null;

  const remove = async (ids: readonly string[]) => {
    if (ids.length === 0) return;
    taken.deleted += await markDeleted(write, ids, taken.seq);
    taken.seq += ids.length;
  };
  const judge = async (ids: readonly string[], source: DeletionSource) => {
    if (ids.length === 0) return;
    const lately = await deletedLately(write, question);
    const wereThere = live - taken.deleted + lately;
    if (!asksFirst(lately + ids.length, wereThere, write.guard)) return remove(ids);
    question ??= await openQuestion(write, { source, live: live - taken.deleted });
    const inPass = pass?.number ?? before?.pass ?? 0;
    taken.held += await hold(write, ids, { source, question, pass: inPass });
  };

  const cameBack = before?.held ? await release(write, page.seen) : 0;
  if (page.ids > 0) await judge(await stillThere(write, page), 'package');
  if (pass && isPassOver) {
    const gone = await unseen(write, pass);
    await forgetIds(write);
    // Reported by the package, and missing in a complete listing that began later: that is proof enough.
    await remove(gone.filter((row) => row.wasReported).map(({ externalId }) => externalId));
    await judge(
      gone.filter((row) => !row.wasReported).map(({ externalId }) => externalId),
      'listing',
    );
  }
  if (!before?.held && taken.held === 0) return taken;

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

/** Those of the reported ids that are live; what a human said is still there is left out. */
async function stillThere(write: PageWrite, page: PreparedPage): Promise<string[]> {
  const rows = await storedAmong(write, write.dialect.pageIds(page.idsJson))
    .leftJoin('held_deletions as held', (join) =>
      join
        .onRef('held.connection_id', '=', 'stored.connection_id')
        .onRef('held.company_id', '=', 'stored.company_id')
        .onRef('held.kind', '=', 'stored.kind')
        .onRef('held.external_id', '=', 'stored.external_id'),
    )
    .where('stored.deleted_at', 'is', null)
    .where((eb) => eb.or([eb('held.kept', 'is', null), eb('held.kept', '=', 0)]))
    .select('stored.external_id')
    .orderBy('page.ordinal')
    .execute();
  return rows.map(({ external_id }) => external_id);
}
