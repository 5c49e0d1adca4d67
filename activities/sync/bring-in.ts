import { cancellationSignal } from '@temporalio/activity';
import { AccountingFailure } from '../../accounting/failure.ts';
import type { AccountingSession } from '../../accounting/port.ts';
import { fullPassInterval, fullPassIsDue } from '../../domain/sync/full-pass.ts';
import type { MasterDataKind, Moment, PositionKey } from '../../domain/master-data.ts';
import { earlier } from '../../domain/sync/rounds.ts';
import type { Store } from '../../store/index.ts';
import type { SyncPosition } from '../../store/sync/sync-positions.ts';
import { isDoubt, onlyHere, type Doubt } from './doubts.ts';
import { readAhead } from './read-ahead.ts';
import { asStop, concernsCompany, describeFailure, noteRefusal } from './round-failures.ts';
import type { ChunkResult } from './rounds.ts';
import type { CompanyId, ConnectionId } from '../../domain/ids.ts';

export interface CompanyWork {
  connectionId: ConnectionId;
  companyId: CompanyId;
  round: number;
  kinds: readonly MasterDataKind[];
  session: AccountingSession;
  /** Somebody wants full passes that began after this moment. */
  fullSince?: Moment | null;
  /** How often everything is listed anew, whoever wants it. */
  fullPassEveryMs?: number | undefined;
  /** How many pages of a kind may come before the other companies have their turn. */
  pagesPerTurn: number;
  now: () => Date;
  result: ChunkResult;
  /** Something of the company came in, so it is not closed as a whole. */
  cameIn: () => Promise<void>;
  at: (place: unknown) => void;
  /** What a doubted answer means; null when the login is sound. */
  lookTwice: (doubt: Doubt) => Promise<AccountingFailure | null>;
}

/** `elsewhere`: somebody else reads the same company and kind, and has come further. `more`: its turn is over. */
type Outcome = 'done' | 'more' | 'elsewhere' | AccountingFailure;

/**
 * What is wrong with the company as a whole is noted for every kind and asked once: packages count refused calls.
 * @returns the kinds that have more to read when it is their turn again
 */
export async function bringInCompany(store: Store, work: CompanyWork): Promise<MasterDataKind[]> {
  const { connectionId, companyId, round, result } = work;
  const unfinished: MasterDataKind[] = [];
  let refusal: AccountingFailure | null = null;
  const left = work.kinds.map((kind) => ({ kind, again: true }));
  for (let next = left.shift(); next; next = left.shift()) {
    const { kind, again } = next;
    const key = { connectionId, companyId, kind };
    const position = await store.syncPositions.get(key);
    const isBroughtIn = position !== null && position.syncedRound >= round;
    if (isBroughtIn && !(work.fullSince && isFullPassDue(work, kind, position))) {
      result.read += 1;
      continue;
    }
    const outcome: Outcome = refusal ?? (await beyondDoubt(store, work, kind, position));
    // Whoever has come further may have died since; after the other kinds it is known.
    if (outcome === 'elsewhere' && again) left.push({ kind, again: false });
    if (outcome === 'more') unfinished.push(kind);
    if (outcome === 'done') {
      result.read += 1;
      await work.cameIn();
    }
    if (typeof outcome === 'string') continue;
    // A broken login or a delay of the whole package says nothing about this company and kind.
    result.stop = asStop(outcome);
    if (result.stop) {
      await noteRefusal(store, connectionId, outcome);
      return [];
    }
    const described = describeFailure(outcome);
    await store.syncPositions.recordFailure(key, described);
    if (!refusal) result.failures += 1;
    // A refusal that is known already is looked into no further.
    if (!refusal && isRefusal(outcome) && position?.lastError?.code !== described.code) result.refused += 1;
    if (outcome.meaning.about === 'delay')
      result.postponed = earlier(result.postponed, outcome.meaning.until?.toISOString() ?? null);
    if (refusal || !concernsCompany(outcome)) continue;
    refusal = outcome;
    if (outcome.meaning.about === 'company')
      await store.companies.foundStatus(connectionId, companyId, outcome.meaning.status);
  }
  return unfinished;
}

const isRefusal = ({ meaning }: AccountingFailure) =>
  meaning.about === 'right' || meaning.about === 'company';

/** A doubted answer is looked at twice. When the login is sound the kind is read on; doubted again it is its own matter. */
async function beyondDoubt(
  store: Store,
  work: CompanyWork,
  kind: MasterDataKind,
  position: SyncPosition | null,
): Promise<Outcome> {
  const outcome = await bringInKind(store, work, kind, position);
  if (!isDoubt(outcome)) return outcome;
  const meant = await work.lookTwice(outcome);
  if (meant) return meant;
  const { connectionId, companyId } = work;
  const cameTo = await store.syncPositions.get({ connectionId, companyId, kind });
  const again = await bringInKind(store, work, kind, cameTo);
  return isDoubt(again) ? onlyHere(again) : again;
}

async function bringInKind(
  store: Store,
  work: CompanyWork,
  kind: MasterDataKind,
  position: SyncPosition | null,
): Promise<Outcome> {
  const { connectionId, companyId, round, session, at } = work;
  const key = { connectionId, companyId, kind };
  const company = { externalId: companyId };
  at({ companyId, kind });
  try {
    let from = position?.checkpoint ?? null;
    const checkpoint = isFullPassDue(work, kind, position) ? null : from;
    const pages = readAhead(
      (signal) => session.read({ company, kind, checkpoint, signal }),
      cancellationSignal(),
    );
    let left = work.pagesPerTurn;
    for await (const page of pages) {
      if (left === 0) return 'more';
      left -= 1;
      const counts = await store.masterData.storePage({ ...key, page, from, round });
      if (!counts) return 'elsewhere';
      if (counts.held > 0) await suspectRight(store, session, key);
      from = page.checkpoint;
      at({ companyId, kind });
    }
    await store.syncPositions.recordSuccess(key, round);
    return 'done';
  } catch (error) {
    if (error instanceof AccountingFailure) return error;
    throw error;
  }
}

/** From the very beginning, because a human wants it or it is time; one under way goes on. */
function isFullPassDue(
  { connectionId, companyId, fullSince = null, fullPassEveryMs, session, now }: CompanyWork,
  kind: MasterDataKind,
  position: SyncPosition | null,
): boolean {
  const fullPass = position?.fullPass;
  if (!fullPass) return fullSince !== null;
  return fullPassIsDue(fullPass, {
    id: `${connectionId}/${companyId}/${kind}`,
    now: now().getTime(),
    requestedAt: fullSince,
    isAsked: position.isAsked,
    everyMs: fullPassInterval(fullPassEveryMs, {
      rows: position.rows,
      tellsDeletions: session.tellsDeletions?.includes(kind) ?? false,
    }),
  });
}

/** Rows that vanish may be rows that this login may not see any more: the package is asked, if it can say. */
async function suspectRight(store: Store, session: AccountingSession, key: PositionKey): Promise<void> {
  if (!session.rights) return;
  const request = { company: { externalId: key.companyId }, kinds: [key.kind], signal: cancellationSignal() };
  const findings = await session.rights(request).catch((error: unknown) => {
    if (error instanceof AccountingFailure) return [];
    throw error;
  });
  await store.deletionQuestions.noteRight(key, findings[0]?.answer ?? 'unknown');
}
