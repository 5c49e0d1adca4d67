import { query, type Client, type Page } from './client.ts';
import { ExactRefusal } from './failures.ts';
import { deletedSchema, selectOf, type Deletion } from './schemas.ts';

interface LogPage {
  /** Entries of the kind that was asked for. */
  deleted: Deletion[];
  /** The highest timestamp on it, of whatever kind. */
  highest: string | null;
  /** When it was read, if it is the last one. */
  readAt: Date | null;
}

interface LogRequest {
  client: Client;
  division: number;
  entityType: number;
  /** Only what was deleted after this timestamp. */
  since: string;
  signal: AbortSignal | undefined;
}

/** What was deleted, from `sync/Deleted`. @throws AccountingFailure */
export interface DeletionLog {
  pages(request: LogRequest): AsyncIterable<LogPage>;
}

/** The kinds of a company are read one after the other; what was read for the first will do for the others. */
const rememberedMs = 10 * 60_000;

/** A filter that was refused is not tried again before this: refusals count against the app. */
const refusedMs = 24 * 60 * 60_000;

interface Remembered {
  /** Null when it is more than a page: then each kind asks for its own. */
  entries: Deletion[] | null;
  /** The highest timestamp of what was read, of whatever kind. */
  highest: string | null;
  since: string;
  readAt: Date;
  /** Who has had it: a kind that is read again wants to know what is new. */
  givenTo: Set<number>;
}

/**
 * The log of deletions holds all kinds, so it is asked once for all of `entityTypes`, as long as the answer is one page. Who
 * gets it from memory gets it as of then; what was deleted since comes the next time. Nobody says that a filter with "or" is
 * taken there: where it is refused each kind asks for its own, as in the vendor's examples, for a day.
 *
 * @returns opens the log for a session, which is what remembers it
 */
export function createDeletionLogs(entityTypes: readonly number[], now: () => Date): () => DeletionLog {
  let refusedAt = -Infinity;

  async function firstPage(request: LogRequest): Promise<Page<Deletion> | null> {
    if (now().getTime() - refusedAt < refusedMs) return null;
    try {
      for await (const page of request.client.pages(asking(request, entityTypes), deletedSchema)) return page;
    } catch (error) {
      if (!(error instanceof ExactRefusal && error.status === 400)) throw error;
      refusedAt = now().getTime();
    }
    return null;
  }

  return () => openLog(firstPage, now);
}

function openLog(
  firstPage: (request: LogRequest) => Promise<Page<Deletion> | null>,
  now: () => Date,
): DeletionLog {
  const remembered = new Map<number, Remembered>();

  function lately({ division, entityType, since }: LogRequest): Remembered | null {
    const found = remembered.get(division);
    if (!found || found.givenTo.has(entityType)) return null;
    const isRecent = now().getTime() - found.readAt.getTime() < rememberedMs;
    return isRecent && BigInt(found.since) <= BigInt(since) ? found : null;
  }

  async function askForAll(request: LogRequest): Promise<Remembered> {
    const readAt = now();
    const page = await firstPage(request);
    const answer = {
      entries: page?.next === null ? page.rows : null,
      highest: highestOf(page?.rows ?? []),
      since: request.since,
      readAt,
      givenTo: new Set<number>(),
    };
    remembered.set(request.division, answer);
    return answer;
  }

  return {
    async *pages(request) {
      const { client, entityType, since } = request;
      const { entries, highest, readAt, givenTo } = lately(request) ?? (await askForAll(request));
      givenTo.add(entityType);
      if (entries) {
        const news = entries.filter((entry) => BigInt(entry.Timestamp) > BigInt(since));
        const deleted = news.filter((entry) => entry.EntityType === entityType);
        yield { deleted, highest: highestOf(news), readAt };
        return;
      }
      const began = now();
      for await (const { rows, next } of client.pages(asking(request, [entityType]), deletedSchema)) {
        const own = highestOf(rows);
        // Read later and to its end, so it holds all of this kind up to there; else the log is as long the next time.
        if (next === null) yield { deleted: rows, highest: higher(own, highest), readAt: began };
        else yield { deleted: rows, highest: own, readAt: null };
      }
    },
  };
}

function asking(
  { division, since, signal }: Pick<LogRequest, 'division' | 'since' | 'signal'>,
  entityTypes: readonly number[],
) {
  const types = entityTypes.map((type) => `EntityType eq ${type}`).join(' or ');
  const $filter = `Timestamp gt ${since}L and ${entityTypes.length > 1 ? `(${types})` : types}`;
  return {
    division,
    endpoint: 'sync/Deleted',
    query: query({ $filter, $select: selectOf(deletedSchema) }),
    signal,
  };
}

function highestOf(entries: readonly Deletion[]): string | null {
  return entries.reduce<string | null>((high, { Timestamp }) => higher(high, Timestamp), null);
}

function higher(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return BigInt(other) > BigInt(one) ? other : one;
}
