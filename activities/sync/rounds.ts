import { cancellationSignal } from '@temporalio/activity';
import pLimit, { type LimitFunction } from 'p-limit';
import { AccountingFailure } from '../../accounting/failure.ts';
import type { AccountingSession } from '../../accounting/port.ts';
import type { MasterDataKind, Moment } from '../../domain/master-data.ts';
import type { Stop, SyncScope } from '../../domain/sync/rounds.ts';
import type { KnownCompany } from '../../store/connections/companies.ts';
import type { LoginKey } from '../../store/verification/rights.ts';
import { bringInCompany } from './bring-in.ts';
import type { ActivityDeps } from '../deps.ts';
import { beyondDoubt, isDoubt, lookTwice, onlyHere, type Doubt, type UsedLogin } from './doubts.ts';
import { withHeartbeats } from '../heartbeats.ts';
import { connectionWithNames } from '../names.ts';
import { lookForGoneKinds } from './gone-kinds.ts';
import { asStop, noteRefusal, outage } from './round-failures.ts';
import type { ConnectionId, GrantId } from '../../domain/ids.ts';

export interface RoundPlan {
  /** The grant this round works with; a login replaced meanwhile says nothing about the next one. */
  grantId: GrantId;
  /** External ids of the linked companies that can be reached. */
  companies: string[];
  /** Linked companies that cannot, and one more when the list of companies could not be had. */
  failures: number;
  /** Linked companies that cannot be reached although they could when the rights of the login were verified. */
  refused: number;
  /** Something happened to the companies that people should hear of. */
  hasNews: boolean;
  stop: Stop | null;
  /** From when on the list of companies may be asked for again, where it could not be had; otherwise null. */
  unlistedSince: Moment | null;
}

export interface ChunkResult {
  rowsChanged: number;
  /** How many lists came in: company by kind, whether anything was new or not. */
  read: number;
  failures: number;
  /** Companies or kinds that could be read the last time, as far as rights and access go. */
  refused: number;
  stop: Stop | null;
  /** When the first of what has to wait for its own limit may be asked again, or null. */
  postponed: Moment | null;
  /** So many questions about deletions are to be told; absent when there is none. */
  questions?: number;
}

interface Chunk {
  connectionId: ConnectionId;
  round: number;
  grantId: GrantId;
  companies: string[];
  /** @default all of them */
  kinds?: MasterDataKind[] | null;
  /** Only full passes that began after this moment will do. @default those that are due */
  fullSince?: Moment | null;
}

/**
 * How many rounds of a worker use their login for the first time side by side. When all logins break at once, some are known,
 * told and out of the way in a second, and not all of them late.
 */
const roundsAtOnce = 8;
/** How many chunks of companies are brought in side by side; each keeps a page or two in memory. */
const chunksAtOnce = 100;

export function createRoundActivities(deps: ActivityDeps) {
  const { store, systems } = deps;
  const turns = new Map<string, LimitFunction>();
  const bringInTurn = pLimit(chunksAtOnce);

  /** Of each package so many, for one that hangs must not keep the others waiting. */
  function beginRound(system: string, connectionId: ConnectionId, grantId: GrantId) {
    const turn = turns.get(system) ?? pLimit(roundsAtOnce);
    turns.set(system, turn);
    return listCompanies(connectionId, grantId, turn);
  }

  async function openSession(connectionId: ConnectionId, grantId: GrantId): Promise<AccountingSession> {
    const { state } = await connectionWithNames(deps, connectionId);
    return systems.get(state.system).open(store.grants.vault(grantId));
  }

  return {
    /** Lists the companies once more: the first use of the grant in a round, and what tells a lost right early. */
    async planRound({ connectionId }: { connectionId: ConnectionId; round: number }): Promise<RoundPlan> {
      const { state } = await connectionWithNames(deps, connectionId);
      if (!state.login) throw new Error(`Connection "${connectionId}" has no login to sync with`);
      const { grantId } = state.login;
      const listed = await withHeartbeats(() => beginRound(state.system, connectionId, grantId));
      const linked = await store.companies.linked(connectionId);
      const companies = await theStalestFirst(connectionId, linked.filter(isListed));
      const plan = {
        grantId,
        companies,
        failures: linked.length - companies.length,
        refused: await newlyLost(linked, { connectionId, grantId }),
        hasNews: await store.companyNews.waits(connectionId),
        unlistedSince: listed.fresh ? null : deps.now().toISOString(),
      };
      if (listed.stop) return { ...plan, companies: [], failures: 0, stop: listed.stop };
      if (companies.length > 0 || linked.length === 0)
        return { ...plan, failures: plan.failures + (listed.fresh ? 0 : 1), stop: null };
      // That nothing can be reached is only said of a list that was seen.
      return { ...plan, stop: listed.fresh ? { kind: 'broken', cause: 'no-company-access' } : outage };
    },

    /** What a request is about: the companies of its scope that can be reached, as far as they are known; asks nobody. */
    async planRequest({
      connectionId,
      scope,
    }: {
      connectionId: ConnectionId;
      scope: SyncScope;
    }): Promise<Pick<RoundPlan, 'grantId' | 'companies' | 'failures'>> {
      const { state } = await connectionWithNames(deps, connectionId);
      if (!state.login) throw new Error(`Connection "${connectionId}" has no login to sync with`);
      const linked = await store.companies.linked(connectionId);
      const meant = linked.filter(({ externalId }) => scope.companies?.includes(externalId) ?? true);
      const companies = meant.filter(isListed).map(({ externalId }) => externalId);
      return { grantId: state.login.grantId, companies, failures: meant.length - companies.length };
    },

    /**
     * Brings in the kinds of a few companies, each from its own checkpoint. What a former attempt of the same round
     * finished is skipped. A failure of one company or kind, also a limit of its own, is noted and the others go on; a
     * broken login or a delay of the whole package stops the chunk.
     */
    async syncCompanies(chunk: Chunk): Promise<ChunkResult> {
      const result: ChunkResult = {
        ...{ rowsChanged: 0, read: 0, failures: 0, refused: 0 },
        ...{ stop: null, postponed: null },
      };
      await withHeartbeats((at) => bringInTurn(() => bringInChunk(chunk, result, at)));
      const { length: questions } = await store.deletionQuestions.untold(chunk.connectionId);
      return {
        ...result,
        rowsChanged: await rowsChangedIn(chunk),
        ...(questions > 0 && { questions }),
      };
    },
  };

  async function bringInChunk(
    chunk: Chunk,
    result: ChunkResult,
    at: (place: unknown) => void,
  ): Promise<void> {
    const session = await openSession(chunk.connectionId, chunk.grantId);
    const used = { grantId: chunk.grantId, session };
    const present = await kindsOf(used, result);
    const kinds = present.filter((kind) => chunk.kinds?.includes(kind) ?? true);
    const twice = (doubt: Doubt) => lookTwice(deps, used, doubt);
    if (!result.stop && !chunk.kinds) await lookForGoneKinds(store, { ...chunk, present });
    const linked = await store.companies.linked(chunk.connectionId);
    const closed = new Set(linked.filter(isFoundClosed).map(({ externalId }) => externalId));
    const waiting = chunk.companies.map((companyId) => ({ companyId, kinds }));
    for (let next = waiting.shift(); next && !result.stop; next = waiting.shift()) {
      const turn = { ...next, pagesPerTurn: waiting.length > 0 ? pagesPerTurn : Infinity };
      const { now, fullPassEveryMs } = deps;
      const { companyId } = next;
      const cameIn = async () => {
        if (closed.delete(companyId))
          await store.companies.foundStatus(chunk.connectionId, companyId, 'reachable');
      };
      const work = { ...chunk, ...turn, session, result, at, now, fullPassEveryMs, cameIn, lookTwice: twice };
      const left = await bringInCompany(store, work);
      if (left.length > 0) waiting.push({ companyId: next.companyId, kinds: left });
    }
  }

  /**
   * Stores what the package lists. A list that was refused or is not understood says nothing about any company: the last
   * one counts. An empty one is no proof that all books are gone, only that this login reaches none.
   */
  async function listCompanies(
    connectionId: ConnectionId,
    grantId: GrantId,
    turn: LimitFunction,
  ): Promise<{ fresh: boolean; stop: Stop | null }> {
    try {
      const session = await openSession(connectionId, grantId);
      // A doubt is looked at outside of the turn: what pauses keeps nobody waiting.
      await beyondDoubt(deps, { grantId, session }, () =>
        turn(async () => {
          const listing = await session.companies(cancellationSignal());
          await store.companies.recordListing(connectionId, listing, { complete: listing.length > 0 });
          if (listing.length === 0) await store.companies.noneListed(connectionId);
        }),
      );
      return { fresh: true, stop: null };
    } catch (error) {
      if (!(error instanceof AccountingFailure)) throw error;
      const stop = asStop(error);
      await noteRefusal(store, connectionId, error);
      if (stop?.kind === 'broken' && stop.cause === 'no-company-access')
        await store.companies.noneListed(connectionId);
      return { fresh: false, stop };
    }
  }

  /** The kinds this environment has; without them there is nothing to ask, and the round is tried again later. */
  async function kindsOf(used: UsedLogin, result: ChunkResult): Promise<readonly MasterDataKind[]> {
    try {
      return await used.session.kinds(cancellationSignal());
    } catch (error) {
      if (!(error instanceof AccountingFailure)) throw error;
      const meant = isDoubt(error) ? ((await lookTwice(deps, used, error)) ?? onlyHere(error)) : error;
      result.stop = asStop(meant) ?? outage;
      return [];
    }
  }

  async function newlyLost(linked: readonly KnownCompany[], login: LoginKey): Promise<number> {
    const lost = linked.filter(({ status }) => status !== 'reachable' && status !== 'archived');
    if (lost.length === 0) return 0;
    const readable = (await store.rights.matrix(login)).filter(({ answer }) => answer === 'yes');
    const companies = new Set(readable.map(({ companyId }) => companyId));
    return lost.filter(({ externalId }) => companies.has(externalId)).length;
  }

  /** Whoever waits longest comes first: what was never brought in, then by the oldest success of any of its kinds. */
  async function theStalestFirst(connectionId: ConnectionId, companies: KnownCompany[]): Promise<string[]> {
    const oldest = new Map<string, Moment>();
    for (const { companyId, lastSuccessAt, isThere } of await store.syncPositions.forConnection(
      connectionId,
    )) {
      if (!isThere) continue;
      const since = lastSuccessAt ?? '';
      if (since < (oldest.get(companyId) ?? '~')) oldest.set(companyId, since);
    }
    const age = ({ externalId }: KnownCompany) => oldest.get(externalId) ?? '';
    return companies
      .toSorted((one, other) => (age(one) < age(other) ? -1 : age(one) > age(other) ? 1 : 0))
      .map(({ externalId }) => externalId);
  }

  /** Counted with the pages themselves, so exact also when a former attempt died half way. */
  async function rowsChangedIn({ connectionId, round, companies }: Chunk): Promise<number> {
    const positions = await store.syncPositions.forConnection(connectionId);
    return positions
      .filter(({ companyId }) => companies.includes(companyId))
      .flatMap(({ counted }) => counted.filter((counts) => counts.round === round))
      .reduce(
        (sum, { inserted, changed, reappeared, deleted }) => sum + inserted + changed + reappeared + deleted,
        0,
      );
  }
}

/**
 * A big company is left for the others after so many pages of a kind; from its checkpoint it goes on in its next turn.
 * Enough, so that beginning again is a small part of the calls.
 */
const pagesPerTurn = 25;

/** Whether it is worth a try, that is: what reading found the last time may be over. */
const isListed = ({ listedAs }: KnownCompany) => listedAs === 'reachable';

const isFoundClosed = ({ status, listedAs }: KnownCompany) =>
  listedAs === 'reachable' && status !== 'reachable';
