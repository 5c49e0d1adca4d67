import { cancellationSignal, heartbeat } from '@temporalio/activity';
import { AccountingFailure } from '../accounting/failure.ts';
import type { AccountingSession } from '../accounting/port.ts';
import type { MasterDataKind } from '../domain/master-data.ts';
import type { Stop } from '../domain/rounds.ts';
import type { ActivityDeps } from './deps.ts';
import { connectionWithNames } from './names.ts';
import { asStop, describeFailure } from './round-failures.ts';

export interface RoundPlan {
  /** The grant this round works with; a login replaced meanwhile says nothing about the next one. */
  grantId: string;
  /** External ids of the linked companies that can be reached. */
  companies: string[];
  /** Linked companies that cannot. */
  failures: number;
  stop: Stop | null;
}

export interface ChunkResult {
  rowsChanged: number;
  failures: number;
  stop: Stop | null;
}

export function createRoundActivities(deps: ActivityDeps) {
  const { store, systems } = deps;

  async function openSession(connectionId: string, grantId: string): Promise<AccountingSession> {
    const { state } = await connectionWithNames(deps, connectionId);
    return systems.get(state.system).open(store.grants.vault(grantId));
  }

  return {
    /** Lists the companies once more: the first use of the grant in a round, and what tells a lost right early. */
    async planRound({ connectionId }: { connectionId: string; round: number }): Promise<RoundPlan> {
      const { state } = await connectionWithNames(deps, connectionId);
      if (!state.login) throw new Error(`Connection "${connectionId}" has no login to sync with`);
      const { grantId } = state.login;
      const plan: RoundPlan = { grantId, companies: [], failures: 0, stop: null };
      try {
        const session = await openSession(connectionId, grantId);
        const listing = await session.companies(cancellationSignal());
        await store.companies.recordListing(connectionId, listing, { complete: true });
      } catch (error) {
        const stop = asStop(error);
        if (!stop) throw error;
        return { ...plan, stop };
      }
      const linked = await store.companies.linked(connectionId);
      const reachable = linked.filter(({ status }) => status === 'reachable');
      return {
        ...plan,
        companies: reachable.map(({ externalId }) => externalId),
        failures: linked.length - reachable.length,
        stop:
          reachable.length === 0 && linked.length > 0 ? { kind: 'broken', cause: 'no-company-access' } : null,
      };
    },

    /**
     * Brings in all kinds of a few companies, each from its own checkpoint. What a former attempt of the same round
     * finished is skipped. A failure of one company or kind is noted and the others go on; a broken login or a delay
     * stops the chunk.
     */
    async syncCompanies(chunk: {
      connectionId: string;
      round: number;
      grantId: string;
      companies: string[];
    }): Promise<ChunkResult> {
      const { connectionId, round, grantId } = chunk;
      const session = await openSession(connectionId, grantId);
      const result: ChunkResult = { rowsChanged: 0, failures: 0, stop: null };
      const kinds = await stopped(result, () => session.kinds(cancellationSignal()));
      for (const companyId of chunk.companies) {
        for (const kind of kinds ?? []) {
          if (result.stop) break;
          await bringInKind({ connectionId, companyId, kind, round, session, result });
        }
      }
      return { ...result, rowsChanged: await rowsChangedIn(chunk) };
    },
  };

  /** Counted with the pages themselves, so exact also when a former attempt died half way. */
  async function rowsChangedIn(chunk: {
    connectionId: string;
    round: number;
    companies: string[];
  }): Promise<number> {
    const positions = await store.syncPositions.forConnection(chunk.connectionId);
    return positions
      .filter(
        ({ companyId, counted }) => chunk.companies.includes(companyId) && counted.round === chunk.round,
      )
      .reduce(
        (sum, { counted }) => sum + counted.inserted + counted.changed + counted.reappeared + counted.deleted,
        0,
      );
  }

  async function bringInKind(work: {
    connectionId: string;
    companyId: string;
    kind: MasterDataKind;
    round: number;
    session: AccountingSession;
    result: ChunkResult;
  }): Promise<void> {
    const { connectionId, companyId, kind, round, session, result } = work;
    const at = { connectionId, companyId, kind };
    const position = await store.syncPositions.get(at);
    if (position?.syncedRound === round) return;
    const signal = cancellationSignal();
    try {
      heartbeat({ companyId, kind });
      const pages = session.read({
        company: { externalId: companyId },
        kind,
        checkpoint: position?.checkpoint ?? null,
        signal,
      });
      for await (const page of pages) {
        await store.masterData.storePage({ ...at, page, round });
        heartbeat({ companyId, kind });
      }
      await store.syncPositions.recordSuccess(at, round);
    } catch (error) {
      if (!(error instanceof AccountingFailure)) throw error;
      await store.syncPositions.recordFailure(at, describeFailure(error));
      result.stop = asStop(error);
      if (result.stop) return;
      result.failures += 1;
      if (error.meaning.about === 'company')
        await store.companies.setStatus(connectionId, companyId, error.meaning.status);
    }
  }
}

/** Runs `call`; a broken login or a delay is noted as the stop of the chunk instead of thrown. */
async function stopped<T>(result: ChunkResult, call: () => Promise<T>): Promise<T | null> {
  try {
    return await call();
  } catch (error) {
    result.stop = asStop(error);
    if (!result.stop) throw error;
    return null;
  }
}
