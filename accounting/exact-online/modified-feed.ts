import { z } from 'zod';

import type { MasterDataPage } from '../port.ts';
import { query } from './client.ts';
import type { EndpointRow } from './endpoint.ts';
import { noNextPage, parseCheckpoint, type FeedRequest } from './feed.ts';

/** How far an endpoint without a sync twin has been read. Moments of the package are in ms, by the package's clock. */
const checkpointSchema = z.object({
  feed: z.literal('modified'),
  /** Where this listing began: everything modified after it; null for everything there is. */
  since: z.number().nullable(),
  /**
   * The latest Modified seen, where the next listing begins; after a listing, earlier by as long as that took. Never beyond
   * what time it was for the package: a row from the future, by a clock that was wrong, is asked for again and again, and
   * hides nothing.
   */
  latest: z.number().nullable(),
  /** Rows within the overlap that were told already, with their Modified. */
  told: z.record(z.string(), z.number()),
  /** Set in the middle of a listing: the query of its next page, and when it began by our clock. */
  listing: z.object({ next: z.string(), startedAt: z.iso.datetime() }).nullable(),
  /** The last whole listing was a single page. */
  onePage: z.boolean().default(false),
});
type Checkpoint = z.infer<typeof checkpointSchema>;

/**
 * Modified is no row version: two rows can share it, a slow transaction can write an older one, the package's clock is
 * put back once a year, and a row can change after its page was read. So each listing starts this much earlier.
 */
const overlapMs = 2 * 60 * 60_000;
/** A listing that was left in the middle for longer than the overlap can bear is started again. */
const longestListingMs = overlapMs / 2;
/** Beyond this (an import of thousands of rows), rows in the overlap are told twice rather than remembered. */
const mostTold = 2_000;

/**
 * New and changed rows by `Modified`. The package says nothing here about deletions: only a whole listing shows them. What
 * fits on a page costs a call either way, so that is always listed whole.
 */
export async function* readModifiedFeed(request: FeedRequest): AsyncGenerator<MasterDataPage> {
  let checkpoint = startFrom(request);
  const startedAt = checkpoint.listing?.startedAt ?? request.now().toISOString();
  const isWhole = checkpoint.since === null;
  let begins = checkpoint.listing === null;
  let sawRow = checkpoint.listing !== null;
  for await (const { rows, next, at } of pages(request, checkpoint)) {
    if (begins && isFromTheFuture(checkpoint, at)) {
      yield* readModifiedFeed({ ...request, checkpoint: null });
      return;
    }
    sawRow ||= rows.length > 0;
    if (!sawRow) await request.rights.assertMayRead(request);
    const { told } = checkpoint;
    const news = rows.filter(({ row, modified }) => modified === null || told[row.externalId] !== modified);
    const tookMs = next === null ? request.now().getTime() - Date.parse(startedAt) : 0;
    checkpoint = {
      ...after(checkpoint, { rows, at }, next === null ? null : { next, startedAt }, tookMs),
      onePage: isWhole && begins && next === null,
    };
    yield {
      rows: news.map(({ row }) => row),
      deleted: [],
      checkpoint: JSON.stringify(checkpoint),
      ...(isWhole && { whole: { begins, ends: next === null, proof: next === null ? noNextPage : null } }),
    };
    begins = false;
  }
}

function startFrom({ checkpoint, now }: FeedRequest): Checkpoint {
  const known = parseCheckpoint(checkpointSchema, checkpoint);
  const fromTheBeginning: Checkpoint = {
    feed: 'modified',
    since: null,
    latest: null,
    told: {},
    listing: null,
    onePage: false,
  };
  if (!known || (known.onePage && !known.listing)) return fromTheBeginning;
  if (!known.listing) return { ...known, since: known.latest };
  const tooOld = now().getTime() - Date.parse(known.listing.startedAt) > longestListingMs;
  if (!tooOld) return known;
  // A whole listing that starts over tells every row again.
  return known.since === null ? fromTheBeginning : { ...known, listing: null };
}

function pages({ client, division, endpoint, signal }: FeedRequest, { since, listing }: Checkpoint) {
  const asked = query({
    $filter: since === null ? undefined : `Modified gt ${literal(since - overlapMs)}`,
    $select: endpoint.select,
  });
  return endpoint.pages(client, { division, query: listing?.next ?? asked, signal });
}

/** `datetime'2026-11-23T10:00:00'`: whole seconds, which every endpoint takes. */
function literal(ms: number): string {
  return `datetime'${new Date(ms).toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length)}'`;
}

/** The clock of the package was ahead when the checkpoint was made: nobody knows what was changed since. */
function isFromTheFuture({ since }: Checkpoint, at: Date): boolean {
  return since !== null && since - overlapMs > at.getTime();
}

/** What changed on a page behind a listing may be as old as the listing is long: `tookMs` is that of one that has ended. */
function after(
  checkpoint: Checkpoint,
  { rows, at }: { rows: EndpointRow[]; at: Date },
  listing: Checkpoint['listing'],
  tookMs: number,
): Checkpoint {
  const moments = rows.flatMap(({ modified }) => (modified === null ? [] : Math.min(modified, at.getTime())));
  const seenUntil = moments.reduce<number | null>(
    (high, next) => Math.max(high ?? next, next),
    checkpoint.latest,
  );
  const latest = seenUntil === null ? null : seenUntil - Math.max(0, tookMs);
  const seen = rows.map(({ row, modified }) => [row.externalId, modified] as const);
  const inOverlap = [...Object.entries(checkpoint.told), ...seen].filter(
    (entry): entry is [string, number] =>
      latest !== null && entry[1] !== null && entry[1] > latest - overlapMs,
  );
  const told = inOverlap.length > mostTold ? {} : Object.fromEntries(inOverlap);
  return { ...checkpoint, latest, told, listing };
}
