import { z } from 'zod';

import type { MasterDataPage } from '../port.ts';
import { query } from './client.ts';
import { parseCheckpoint, type FeedRequest } from './feed.ts';
import { deletedSchema, divisionMoveSchema, listSchema, selectOf } from './schemas.ts';

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
  const movedAt = await divisionMovedAt(request);
  let checkpoint = startFrom(request, movedAt);
  const { whole } = checkpoint;
  let begins = whole && checkpoint.rows === beginning;
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
    yield {
      rows: rows.map(({ row }) => row),
      deleted: [],
      checkpoint: JSON.stringify(checkpoint),
      ...(whole && { whole: { begins, ends: false } }),
    };
    begins = false;
  }
  for await (const { rows: log, next } of deletionPages(request, checkpoint)) {
    checkpoint = {
      ...checkpoint,
      deleted: highest(
        checkpoint.deleted,
        log.map((entry) => entry.Timestamp),
      ),
      ...(next === null && { deletedReadAt: request.now().toISOString(), whole: false }),
    };
    yield {
      rows: [],
      deleted: log.map((entry) => entry.EntityKey),
      checkpoint: JSON.stringify(checkpoint),
      ...(whole && { whole: { begins: false, ends: next === null } }),
    };
  }
}

function startFrom({ checkpoint, now }: FeedRequest, movedAt: number | null): Checkpoint {
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

function rowPages({ client, division, endpoint, now, signal }: FeedRequest, { rows }: Checkpoint) {
  const asked = query({ $filter: `Timestamp gt ${rows}L`, $select: endpoint.select });
  return endpoint.pages(client, { division, query: asked, signal }, now());
}

function deletionPages({ client, division, endpoint, signal }: FeedRequest, { deleted }: Checkpoint) {
  const asked = query({
    $filter: `Timestamp gt ${deleted}L and EntityType eq ${endpoint.entityType}`,
    $select: selectOf(deletedSchema),
  });
  return client.pages({ division, endpoint: 'sync/Deleted', query: asked, signal }, deletedSchema);
}

/** A company that was moved to another database gets new row versions: what we remember of the old ones is worthless. */
async function divisionMovedAt({ client, division, signal }: FeedRequest): Promise<number | null> {
  const asked = query({ $filter: `Code eq ${division}`, $select: selectOf(divisionMoveSchema) });
  const request = { division, endpoint: 'system/Divisions', query: asked, signal };
  const { rows } = await client.get(request, listSchema(divisionMoveSchema));
  return rows.find(({ Code }) => Code === division)?.DivisionMoveDate ?? null;
}

function highest(known: string, seen: readonly (string | null)[]): string {
  return seen.reduce<string>(
    (high, next) => (next !== null && BigInt(next) > BigInt(high) ? next : high),
    known,
  );
}
