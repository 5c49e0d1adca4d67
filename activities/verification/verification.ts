import { cancellationSignal } from '@temporalio/activity';
import { AccountingFailure } from '../../accounting/failure.ts';
import type { AccountingSession } from '../../accounting/port.ts';
import { barrierOf, findRights } from '../../accounting/rights.ts';
import type { Company } from '../../domain/connections/company.ts';
import type { MasterDataKind, Moment } from '../../domain/master-data.ts';
import { earlier, type Stop } from '../../domain/sync/rounds.ts';
import {
  byCompany,
  countReach,
  mustAsk,
  type Barrier,
  type KindFinding,
  type RightsMatrix,
  type VerificationCounts,
  type VerificationReason,
} from '../../domain/verification/verification.ts';
import type { ActivityDeps } from '../deps.ts';
import { beyondDoubt } from '../sync/doubts.ts';
import { withHeartbeats } from '../heartbeats.ts';
import { connectionWithNames } from '../names.ts';
import { asStop, outage } from '../sync/round-failures.ts';
import type { CompanyId, ConnectionId, GrantId } from '../../domain/ids.ts';

/** Which login is looked at, and how old a yes may be to be believed. */
export interface VerificationOrder {
  connectionId: ConnectionId;
  /** Unique within the connection; done again under the same name it goes on where it was. */
  verification: string;
  grantId: GrantId;
  reason: VerificationReason;
  believedMs: number;
}

export interface VerificationPlan {
  /** Companies of which something has to be asked. */
  companies: string[];
  /** The kinds there are. */
  kinds: readonly MasterDataKind[];
  stop: Stop | null;
}

export interface VerifiedChunk {
  /** Companies that have to wait for a limit of their own, and until when the first of them has. */
  waiting: string[];
  until: Moment | null;
  stop: Stop | null;
}

export function createVerificationActivities(deps: ActivityDeps) {
  const { store, systems } = deps;

  async function openSession({ connectionId, grantId }: VerificationOrder) {
    const { state } = await connectionWithNames(deps, connectionId);
    const session = systems.get(state.system).open(store.grants.vault(grantId));
    return { session, isInUse: state.login?.grantId === grantId };
  }

  return {
    /**
     * Sees which companies this login is shown. What the list says of a company as a whole is an answer already; the rest,
     * and linked companies that it does not show, have to be asked for.
     */
    async planVerification(order: VerificationOrder): Promise<VerificationPlan> {
      await store.verifications.begin({ ...order, id: order.verification });
      return withHeartbeats(async () => {
        const { session, isInUse } = await openSession(order);
        try {
          const { listed, kinds } = await beyondDoubt(deps, { ...order, session }, async () => ({
            listed: await session.companies(cancellationSignal()),
            kinds: await session.kinds(cancellationSignal()),
          }));
          if (isInUse)
            await store.companies.recordListing(order.connectionId, listed, { complete: listed.length > 0 });
          await recordWhatListsSay(order, listed, kinds);
          return { companies: await companiesToAsk(order, listed, kinds, isInUse), kinds, stop: null };
        } catch (error) {
          if (!(error instanceof AccountingFailure)) throw error;
          return { companies: [], kinds: [], stop: asStop(error) ?? outage };
        }
      });
    },

    /**
     * Asks for every kind of a few companies, and stores the answers company by company: what a former attempt stored is
     * not asked again.
     */
    async verifyCompanies(
      order: VerificationOrder & { companies: string[]; kinds: readonly MasterDataKind[] },
    ): Promise<VerifiedChunk> {
      const chunk: VerifiedChunk = { waiting: [], until: null, stop: null };
      await withHeartbeats(async (at) => {
        const { session, isInUse } = await openSession(order);
        const due = await dueIn(order, order.kinds, isInUse);
        for (const companyId of order.companies) {
          at({ companyId });
          const open = due(companyId);
          if (open.kinds.length === 0) continue;
          try {
            const findings = await beyondDoubt(deps, { ...order, session }, () =>
              askFor(session, companyId, open),
            );
            await store.rights.record(order, { ...order, companyId, findings });
          } catch (error) {
            if (!(error instanceof AccountingFailure)) throw error;
            chunk.stop = asStop(error);
            if (chunk.stop) return;
            // Only a limit of this company is left: whatever else was refused is an answer.
            chunk.waiting.push(companyId);
            if (error.meaning.about === 'delay')
              chunk.until = earlier(chunk.until, error.meaning.until?.toISOString() ?? null);
          }
        }
      });
      return chunk;
    },

    /** What is known now, in counts. `finished` when everything was asked for. */
    async concludeVerification(
      order: Pick<VerificationOrder, 'connectionId' | 'grantId' | 'verification'> & { finished: boolean },
    ): Promise<VerificationCounts> {
      const { connectionId, verification } = order;
      if (order.finished) await store.verifications.finish(connectionId, verification);
      const changes = (await store.rights.changes(connectionId)).filter(
        (change) => change.verification === verification,
      );
      return {
        ...countReach(await linkedOf(order, await store.rights.matrix(order))),
        lost: changes.filter(({ what }) => what === 'lost').length,
        gained: changes.filter(({ what }) => what === 'gained').length,
      };
    },
  };

  /** People care for the companies they work with; while none is linked yet, for all. */
  async function linkedOf(
    { connectionId }: { connectionId: ConnectionId },
    matrix: RightsMatrix,
  ): Promise<RightsMatrix> {
    const linked = new Set((await store.companies.linked(connectionId)).map(({ externalId }) => externalId));
    return linked.size === 0 ? matrix : matrix.filter(({ companyId }) => linked.has(companyId));
  }

  /** A company that is not to be had has no kind to be had; and a kind that is no longer there is lost everywhere. */
  async function recordWhatListsSay(
    order: VerificationOrder,
    listed: readonly Company[],
    kinds: readonly MasterDataKind[],
  ): Promise<void> {
    const known = byCompany(await store.rights.matrix(order));
    for (const { externalId: companyId, status } of listed) {
      const barrier = barrierOfStatus(status);
      const gone = (known.get(companyId) ?? [])
        .filter(({ kind, known: answer }) => answer === 'yes' && !kinds.includes(kind))
        .map(({ kind }) => closed(kind, 'kind-list', 'module'));
      const shut = barrier === null ? [] : kinds.map((kind) => closed(kind, 'company-list', barrier));
      const findings = [...gone, ...shut];
      if (findings.length > 0) await store.rights.record(order, { ...order, companyId, findings });
    }
  }

  async function companiesToAsk(
    order: VerificationOrder,
    listed: readonly Company[],
    kinds: readonly MasterDataKind[],
    isInUse: boolean,
  ): Promise<string[]> {
    const shown = new Set(listed.map(({ externalId }) => externalId));
    const reachable = listed.filter(({ status }) => status === 'reachable');
    const missing = (await store.companies.linked(order.connectionId)).filter(
      ({ externalId }) => !shown.has(externalId),
    );
    const due = await dueIn(order, kinds, isInUse);
    return [...reachable, ...missing]
      .map(({ externalId }) => externalId)
      .filter((id) => due(id).kinds.length > 0);
  }

  /** By company, the kinds to ask for, and those that a round was refused although they may be read. */
  async function dueIn(order: VerificationOrder, kinds: readonly MasterDataKind[], isInUse: boolean) {
    const { connectionId, verification, believedMs } = order;
    const known = byCompany(await store.rights.matrix(order));
    const begun = await store.verifications.get(connectionId, verification);
    if (!begun) throw new Error(`Verification "${verification}" of "${connectionId}" was never begun`);
    const { startedAt } = begun;
    const believedSince = new Date(Date.parse(startedAt) - believedMs).toISOString();
    const refusals = isInUse ? await refusalsOfRounds(connectionId) : new Map<string, Moment>();
    return (companyId: CompanyId) => {
      const rights = known.get(companyId) ?? [];
      const refusedAt = (kind: MasterDataKind) => refusals.get(`${companyId}/${kind}`) ?? null;
      return {
        kinds: kinds.filter((kind) =>
          mustAsk(
            rights.find((right) => right.kind === kind),
            { startedAt, believedSince },
            refusedAt(kind),
          ),
        ),
        doubted: kinds.filter((kind) => refusedAt(kind) !== null),
      };
    };
  }

  /** When a round was last refused to read what it is still refused. */
  async function refusalsOfRounds(connectionId: ConnectionId): Promise<Map<string, Moment>> {
    const positions = await store.syncPositions.forConnection(connectionId);
    return new Map(
      positions.flatMap(({ companyId, kind, lastError, lastAttemptAt }) =>
        lastError !== null && /^(right|company)\b/.test(lastError.code) && lastAttemptAt !== null
          ? [[`${companyId}/${kind}`, lastAttemptAt]]
          : [],
      ),
    );
  }
}

async function askFor(
  session: AccountingSession,
  companyId: CompanyId,
  due: { kinds: readonly MasterDataKind[]; doubted: readonly MasterDataKind[] },
): Promise<KindFinding[]> {
  const { kinds, doubted } = due;
  try {
    const company = { externalId: companyId };
    return await findRights(session, { company, kinds, doubted, signal: cancellationSignal() });
  } catch (error) {
    const barrier = barrierOf(error);
    if (barrier === null) throw error;
    return kinds.map((kind) => closed(kind, 'refusal', barrier));
  }
}

/** What a list of companies says keeps one closed; null when it is open, or nobody looked. */
export function barrierOfStatus(status: Company['status']): Barrier | null {
  if (status === 'reachable' || status === 'unverified') return null;
  return status === 'no-access' ? 'company-access' : status;
}

function closed(kind: MasterDataKind, evidence: KindFinding['evidence'], barrier: Barrier): KindFinding {
  return { kind, answer: 'no', evidence, barrier };
}
