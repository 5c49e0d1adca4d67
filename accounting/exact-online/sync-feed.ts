import { z } from 'zod';

import type { MasterDataPage } from '../port.ts';
import { query } from './client.ts';
import { noNextPage, parseCheckpoint, type FeedRequest } from './feed.ts';
import type { MovedAt } from './move-dates.ts';

/** How far a sync endpoint has been read. Row versions only grow, so a run goes on after any page without more. */
const checkpointSchema = z.object({
  feed: z.literal('sync'),
  /** The highest row version seen. */
  rows: z.string().regex(/^\d+$/),
  /** The same in `sync/Deleted`. */
  deleted: z.string().regex(/^\d+$/),
  /** When `sync/Deleted` was last read to its end, by our clock. */
  deletedReadAt: z.iso.datetime(),
  /** DivisionMoveDate in ms: when it changes, all row versions are new. */
  movedAt: z.number().nullable(),
  /** This run began with the first row version there is, and has not come to its end yet. */
  whole: z.boolean().default(false),
});
type Checkpoint = z.infer<typeof checkpointSchema>;

/** "When you use the sync or delete API for the first time, filter on timestamp greater than 1." */
const beginning = '1';
/** The log of deletions is kept for two months; some days less, for the run itself takes time. */
const deletionsKeptMs = 55 * 24 * 60 * 60_000;

/**
 * New and changed rows by row version (Timestamp), then what was deleted since. Deletions come last: a row that is
 * deleted while the run is under way is told as a row first, and as deleted after. The first run reads the whole log of
 * deletions as well, so none can fall between the two.
 */
export async function* readSyncFeed(request: FeedRequest): AsyncGenerator<MasterDataPage> {
  let checkpoint = await startFrom(request);
  const { whole, rows: told } = checkpoint;
  let begins = whole && told === beginning;
  let sawRow = false;
  for await (const { rows } of rowPages(request, checkpoint)) {
    sawRow ||= rows.length > 0;
    if (!sawRow) await request.rights.assertMayRead(request);
    checkpoint = {
      ...checkpoint,
      rows: highest(
        checkpoint.rows,
        rows.map((row) => row.timestamp),
      ),
    };
    const news = rows.filter(({ timestamp }) => timestamp === null || BigInt(timestamp) > BigInt(told));
    yield {
      rows: news.map(({ row }) => row),
      deleted: [],
      checkpoint: JSON.stringify(checkpoint),
      ...(whole && { whole: { begins, ends: false, proof: null } }),
    };
    begins = false;
  }
  const { client, division, endpoint, deletions, signal } = request;
  const log = { client, division, entityType: endpoint.entityType ?? 0, since: checkpoint.deleted, signal };
  for await (const { deleted, highest: last, readAt } of deletions.pages(log)) {
    checkpoint = {
      ...checkpoint,
      deleted: highest(checkpoint.deleted, [last]),
      ...(readAt && { deletedReadAt: readAt.toISOString(), whole: false }),
    };
    yield {
      rows: [],
      deleted: deleted.map((entry) => entry.EntityKey),
      checkpoint: JSON.stringify(checkpoint),
      ...(whole && {
        whole: { begins: false, ends: readAt !== null, proof: readAt === null ? null : noNextPage },
      }),
    };
  }
}

/**
 * A company that was moved to another database gets new row versions: what we remember of the old ones is worthless. A
 * listing of everything proves what is gone, so its date is asked for and never remembered.
 */
async function startFrom(request: FeedRequest): Promise<Checkpoint> {
  const remembered = request.moves.remembered(request.division);
  const checkpoint = remembered === undefined ? null : goOn(request, remembered);
  return checkpoint && !checkpoint.whole ? checkpoint : goOn(request, await request.moves.ask(request));
}

function goOn({ checkpoint, now }: FeedRequest, movedAt: MovedAt): Checkpoint {
  const known = parseCheckpoint(checkpointSchema, checkpoint);
  const gap = known ? now().getTime() - Date.parse(known.deletedReadAt) : 0;
  if (known && known.movedAt === movedAt && gap < deletionsKeptMs) return known;
  return {
    feed: 'sync',
    rows: beginning,
    deleted: beginning,
    deletedReadAt: now().toISOString(),
    movedAt,
    whole: true,
  };
}

/**
 * The last row that is known comes again, unless it changed: a list that is not empty needs no question whether the login
 * may read it.
 */
function rowPages({ client, division, endpoint, signal }: FeedRequest, { rows }: Checkpoint) {
  const after = rows === beginning ? rows : BigInt(rows) - 1n;
  const asked = query({ $filter: `Timestamp gt ${after}L`, $select: endpoint.select });
  return endpoint.pages(client, { division, query: asked, signal });
}

function highest(known: string, seen: readonly (string | null)[]): string {
  return seen.reduce<string>(
    (high, next) => (next !== null && BigInt(next) > BigInt(high) ? next : high),
    known,
  );
}
