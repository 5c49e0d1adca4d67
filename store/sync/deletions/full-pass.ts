import type { PartOfListing } from '../../../accounting/port.ts';
import type { Moment } from '../../../domain/master-data.ts';
import { standing, type SeemsGone } from './held-rows.ts';
import { liveRows } from '../live-rows.ts';
import type { PageWrite, PositionBefore } from '../page-write.ts';

/** A listing of everything, under way: what it has not seen when it ends is gone. */
export interface Pass {
  number: number;
  beganAt: Moment;
  /** What has a later place in the change feed was written since it began. */
  beganAfter: number;
  begins: boolean;
  /** Under which number the next page of ids is kept; 0 when nothing was there that it could miss. */
  page: number;
}

/**
 * The full pass that a page belongs to. A page that only tells what changed ends one that was under way, without proof; and
 * one in the middle of a listing whose beginning was not seen belongs to none.
 */
export function passAt(
  before: PositionBefore | undefined,
  whole: PartOfListing | undefined,
  { at, seq }: { at: Moment; seq: number },
): Pass | null {
  if (!whole) return null;
  if (whole.begins) {
    const page = (before?.rows ?? 0) > 0 ? 1 : 0;
    return { number: (before?.pass ?? 0) + 1, beganAt: at, beganAfter: seq, begins: true, page };
  }
  if (!before?.pass_running) return null;
  return {
    number: before.pass,
    beganAt: before.pass_began_at ?? at,
    beganAfter: before.pass_began_after ?? 0,
    begins: false,
    page: before.pass_page,
  };
}

/** What the position remembers of its passes after a page. `end` is set when the page was the last one. */
export function passColumns(
  pass: Pass | null,
  before: PositionBefore | undefined,
  end: { at: Moment; proof: string | null } | null,
) {
  if (!pass) return before?.pass_running ? { pass_running: 0 as const } : {};
  return {
    pass: pass.number,
    pass_began_at: pass.beganAt,
    pass_began_after: pass.beganAfter,
    pass_page: pass.page === 0 ? 0 : pass.page + 1,
    pass_running: end === null ? (1 as const) : (0 as const),
    ...(end && { pass_ended_at: end.at, pass_proof: end.proof }),
  };
}

/** Keeps the ids of a page beside the rows, as one row whatever its size: no row of master data is touched. */
export async function keepIds({ trx, key }: PageWrite, pass: Pass, ids: readonly string[]): Promise<void> {
  if (pass.begins && pass.page > 0) await forgetIds({ trx, key });
  if (pass.page === 0 || ids.length === 0) return;
  const { connectionId: connection_id, companyId: company_id, kind } = key;
  await trx
    .insertInto('pass_pages')
    .values({ connection_id, company_id, kind, page: pass.page, ids: JSON.stringify(ids) })
    .execute();
}

export async function forgetIds({ trx, key }: Pick<PageWrite, 'trx' | 'key'>): Promise<void> {
  await trx
    .deleteFrom('pass_pages')
    .where('connection_id', '=', key.connectionId)
    .where('company_id', '=', key.companyId)
    .where('kind', '=', key.kind)
    .execute();
}

export interface Unseen extends SeemsGone {
  /** It is held already because the package reported it, before this pass began. */
  wasReported: boolean;
}

/** The live rows that a pass at its end has not seen: neither on a page nor written since it began. */
export async function unseen({ trx, dialect, key }: PageWrite, pass: Pass): Promise<Unseen[]> {
  if (pass.page === 0) return [];
  const rows = await liveRows(trx, key)
    .leftJoin(dialect.passIds(key).as('seen'), 'seen.external_id', 'row.external_id')
    .where('row.change_seq', '<=', pass.beganAfter)
    .where('seen.external_id', 'is', null)
    .select(['row.external_id', 'held.pass', 'held.source', 'held.kept', 'held.kept_before'])
    .execute();
  return rows.map((row) => {
    const { isWaiting, answered } = standing(row);
    const wasReported = isWaiting && row.source === 'package' && (row.pass ?? 0) < pass.number;
    return { externalId: row.external_id, isWaiting, answered, wasReported };
  });
}
