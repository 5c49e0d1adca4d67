import type { Kysely } from 'kysely';
import { masterDataKinds, type MasterDataKind, type Moment } from '../../domain/master-data.ts';
import {
  changeBy,
  type Barrier,
  type KindFinding,
  type Right,
} from '../../domain/verification/verification.ts';
import type { Database } from '../database/database.ts';
import type { RightRow, Schema } from '../database/schema.ts';
import type { CompanyId, ConnectionId, GrantId } from '../../domain/ids.ts';

/** Whose rights: of one login on one connection. */
export interface LoginKey {
  connectionId: ConnectionId;
  grantId: GrantId;
}

/** Something that could be read before and now cannot, or the other way round. */
export interface RightChange {
  verification: string;
  companyId: CompanyId;
  kind: MasterDataKind;
  what: 'lost' | 'gained';
  barrier: Barrier | null;
  at: Moment;
  /** The verification that found a loss mended, or null. */
  mendedIn: string | null;
}

export interface RightStore {
  /** All that is known of this login, by company and in the order of the kinds. */
  matrix(login: LoginKey): Promise<Right[]>;
  /**
   * Stores what a verification found in one company, and keeps what that takes away from or adds to what was known before.
   * Done again it changes nothing.
   */
  record(
    login: LoginKey,
    found: { verification: string; companyId: CompanyId; findings: readonly KindFinding[] },
  ): Promise<void>;
  /** What the verifications of a connection found lost or gained, the newest first. */
  changes(connectionId: ConnectionId): Promise<RightChange[]>;
  /** These losses are mended; the first verification that says so counts. */
  mend(
    connectionId: ConnectionId,
    verification: string,
    losses: readonly Pick<RightChange, 'verification' | 'companyId' | 'kind'>[],
  ): Promise<void>;
}

export function createRightStore({ db, transact }: Database, { now }: { now: () => Date }): RightStore {
  const rightsOf = ({ connectionId, grantId }: LoginKey, query: Kysely<Schema> = db) =>
    query
      .selectFrom('rights')
      .selectAll()
      .where('connection_id', '=', connectionId)
      .where('grant_id', '=', grantId);

  return {
    async matrix(login) {
      const order = ({ kind }: RightRow) => masterDataKinds.indexOf(kind);
      const rows = await rightsOf(login).orderBy('company_id').execute();
      return rows
        .toSorted((a, b) =>
          a.company_id === b.company_id ? order(a) - order(b) : a.company_id < b.company_id ? -1 : 1,
        )
        .map(fromRow);
    },

    async record(login, { verification, companyId, findings }) {
      const { connectionId, grantId } = login;
      const at = now().toISOString();
      await transact(`rights/${connectionId}/${grantId}`, async (trx) => {
        const former = await rightsOf(login, trx).where('company_id', '=', companyId).execute();
        const knownOf = (kind: MasterDataKind) => former.find((row) => row.kind === kind);
        const rows = findings.map((finding): RightRow => ({
          connection_id: connectionId,
          grant_id: grantId,
          company_id: companyId,
          ...toRow(finding, knownOf(finding.kind)),
          checked_at: at,
        }));
        if (rows.length > 0) await upsert(trx, rows);
        const changes = findings.flatMap((finding) => {
          const what = changeBy(knownOf(finding.kind), finding);
          const { kind, barrier } = finding;
          return what ? [{ verification, company_id: companyId, kind, what, barrier, at }] : [];
        });
        if (changes.length === 0) return;
        await trx
          .insertInto('right_changes')
          .values(changes.map((change) => ({ connection_id: connectionId, mended_in: null, ...change })))
          .onConflict((conflict) =>
            conflict.columns(['connection_id', 'verification', 'company_id', 'kind']).doNothing(),
          )
          .execute();
      });
    },

    async changes(connectionId) {
      const rows = await db
        .selectFrom('right_changes')
        .selectAll()
        .where('connection_id', '=', connectionId)
        .orderBy('at', 'desc')
        .orderBy('company_id')
        .execute();
      return rows.map((row) => ({
        verification: row.verification,
        companyId: row.company_id,
        kind: row.kind,
        what: row.what,
        barrier: row.barrier,
        at: row.at,
        mendedIn: row.mended_in,
      }));
    },

    async mend(connectionId, verification, losses) {
      for (const loss of losses)
        await db
          .updateTable('right_changes')
          .set({ mended_in: verification })
          .where('connection_id', '=', connectionId)
          .where('verification', '=', loss.verification)
          .where('company_id', '=', loss.companyId)
          .where('kind', '=', loss.kind)
          .where('what', '=', 'lost')
          .where('mended_in', 'is', null)
          .execute();
    },
  };
}

/** An `unknown` leaves what was known before. */
function toRow(finding: KindFinding, former: RightRow | undefined) {
  const { kind, answer, evidence, barrier } = finding;
  return { kind, answer, evidence, barrier, known: answer === 'unknown' ? (former?.known ?? null) : answer };
}

async function upsert(trx: Kysely<Schema>, rows: RightRow[]): Promise<void> {
  await trx
    .insertInto('rights')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['connection_id', 'grant_id', 'company_id', 'kind']).doUpdateSet((eb) => ({
        answer: eb.ref('excluded.answer'),
        known: eb.ref('excluded.known'),
        evidence: eb.ref('excluded.evidence'),
        barrier: eb.ref('excluded.barrier'),
        checked_at: eb.ref('excluded.checked_at'),
      })),
    )
    .execute();
}

function fromRow(row: RightRow): Right {
  return {
    companyId: row.company_id,
    kind: row.kind,
    answer: row.answer,
    known: row.known,
    evidence: row.evidence,
    barrier: row.barrier,
    checkedAt: row.checked_at,
  };
}
