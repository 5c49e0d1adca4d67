import type { ExpressionBuilder, Kysely } from 'kysely';
import { byCode, type Company, type CompanyStatus } from '../../domain/connections/company.ts';
import type { Moment } from '../../domain/master-data.ts';
import { noteNews } from './company-news.ts';
import type { Database } from '../database/database.ts';
import type { CompanyRow, Schema } from '../database/schema.ts';
import type { ConnectionId } from '../../domain/ids.ts';

export interface KnownCompany extends Company {
  connectionId: ConnectionId;
  /** Is its master data synchronised over this connection? */
  linked: boolean;
  statusSince: Moment;
  /** What the list of companies said of it last, which knows less than whoever tries to read it. */
  listedAs: CompanyStatus;
  /** When the accounting system last listed it. */
  lastSeenAt: Moment;
}

export interface CompanyCounts {
  total: number;
  linked: number;
  reachable: number;
  linkedReachable: number;
}

export interface CompanyStore {
  /**
   * Stores what the accounting system lists: known companies get their new code, name and status, unknown ones are
   * added, not linked. A company that is absent becomes `gone` only when the listing is known to be complete.
   */
  recordListing(
    connectionId: ConnectionId,
    companies: Company[],
    listing: { complete: boolean },
  ): Promise<void>;
  /** @throws when one of them was never listed */
  link(connectionId: ConnectionId, externalIds: readonly string[]): Promise<void>;
  /** Nothing of them is brought in any more. What is stored stays, and linked again they go on from there. */
  unlink(connectionId: ConnectionId, externalIds: readonly string[]): Promise<void>;
  linked(connectionId: ConnectionId): Promise<KnownCompany[]>;
  /** Those linked to any of these connections. */
  linkedTo(connectionIds: readonly string[]): Promise<(KnownCompany & { connectionId: ConnectionId })[]>;
  /** Over which connections one of these is synchronised, with which of them. */
  whereLinked(externalIds: readonly string[]): Promise<{ connectionId: ConnectionId; externalId: string }[]>;
  /** All companies by code. */
  all(connectionId: ConnectionId): Promise<KnownCompany[]>;
  /**
   * What reading a company found of it, which no list knows: a licence that has expired, an access that the list promises.
   * It stays until reading finds something else, or the list says more than that it is reachable.
   */
  foundStatus(connectionId: ConnectionId, externalId: string, status: CompanyStatus): Promise<void>;
  /** The list shows none of them as reachable. */
  noneListed(connectionId: ConnectionId): Promise<void>;
  counts(connectionId: ConnectionId): Promise<CompanyCounts>;
}

export function createCompanyStore({ db, transact }: Database, { now }: { now: () => Date }): CompanyStore {
  const of = (connectionId: ConnectionId, query: Kysely<Schema> = db) =>
    query
      .selectFrom('companies')
      .selectAll()
      .where('connection_id', '=', connectionId)
      .orderBy('code')
      .orderBy('external_id');

  return {
    async recordListing(connectionId, companies, { complete }) {
      const at = now().toISOString();
      await transact(lockOf(connectionId), async (trx) => {
        const before = await of(connectionId, trx).execute();
        await noteNews(trx, connectionId, { before, listed: companies, at });
        await upsert(
          trx,
          companies.map((company) => newRow(connectionId, company, at)),
        );
        if (!complete) return;
        const listed = new Set(companies.map(({ externalId }) => externalId));
        const absent = (await of(connectionId, trx).execute()).filter(
          ({ external_id }) => !listed.has(external_id),
        );
        for (const { external_id } of absent) {
          await changeStatus(trx, connectionId, external_id, 'gone', at);
          await listedAs(trx, connectionId, 'gone').where('external_id', '=', external_id).execute();
        }
      });
    },

    async link(connectionId, externalIds) {
      await transact(lockOf(connectionId), async (trx) => {
        for (const externalId of externalIds) {
          const { numUpdatedRows } = await trx
            .updateTable('companies')
            .set({ linked: 1 })
            .where('connection_id', '=', connectionId)
            .where('external_id', '=', externalId)
            .executeTakeFirst();
          if (numUpdatedRows === 0n)
            throw new Error(`company ${externalId} was never listed on connection ${connectionId}`);
        }
      });
    },

    async unlink(connectionId, externalIds) {
      await transact(lockOf(connectionId), async (trx) => {
        for (const externalId of externalIds)
          await trx
            .updateTable('companies')
            .set({ linked: 0 })
            .where('connection_id', '=', connectionId)
            .where('external_id', '=', externalId)
            .execute();
      });
    },

    async linked(connectionId) {
      return (await of(connectionId).where('linked', '=', 1).execute()).map(fromRow).sort(byCode);
    },

    async linkedTo(connectionIds) {
      if (connectionIds.length === 0) return [];
      const rows = await db
        .selectFrom('companies')
        .selectAll()
        .where('connection_id', 'in', connectionIds)
        .where('linked', '=', 1)
        .orderBy('code')
        .execute();
      return rows.map((row) => ({ ...fromRow(row), connectionId: row.connection_id })).sort(byCode);
    },

    async whereLinked(externalIds) {
      const rows = await db
        .selectFrom('companies')
        .select(['connection_id', 'external_id'])
        .where('external_id', 'in', [...externalIds])
        .where('linked', '=', 1)
        .execute();
      return rows.map((row) => ({ connectionId: row.connection_id, externalId: row.external_id }));
    },

    async all(connectionId) {
      return (await of(connectionId).execute()).map(fromRow).sort(byCode);
    },

    async foundStatus(connectionId, externalId, status) {
      await changeStatus(db, connectionId, externalId, status, now().toISOString());
    },

    async noneListed(connectionId) {
      const at = now().toISOString();
      await transact(lockOf(connectionId), async (trx) => {
        await trx
          .updateTable('companies')
          .set({ status: 'no-access', status_since: at })
          .where('connection_id', '=', connectionId)
          .where('status', '=', 'reachable')
          .execute();
        await listedAs(trx, connectionId, 'no-access').where('listed_as', '=', 'reachable').execute();
      });
    },

    async counts(connectionId) {
      return db
        .selectFrom('companies')
        .where('connection_id', '=', connectionId)
        .select([
          db.fn.count<number>('external_id').as('total'),
          db.fn.count<number>('external_id').filterWhere('linked', '=', 1).as('linked'),
          db.fn.count<number>('external_id').filterWhere('status', '=', 'reachable').as('reachable'),
          db.fn
            .count<number>('external_id')
            .filterWhere('linked', '=', 1)
            .filterWhere('status', '=', 'reachable')
            .as('linkedReachable'),
        ])
        .executeTakeFirstOrThrow();
    },
  };
}

const lockOf = (connectionId: ConnectionId) => `companies/${connectionId}`;

async function upsert(trx: Kysely<Schema>, rows: CompanyRow[]): Promise<void> {
  const byId = [...new Map(rows.map((row) => [row.external_id, row])).values()];
  const atOnce = 500; // 8 values each: far below the 32,766 parameters SQLite takes and the 65,535 of PostgreSQL
  for (let start = 0; start < byId.length; start += atOnce) {
    await trx
      .insertInto('companies')
      .values(byId.slice(start, start + atOnce))
      .onConflict((conflict) =>
        conflict.columns(['connection_id', 'external_id']).doUpdateSet((eb) => ({
          code: eb.ref('excluded.code'),
          name: eb.ref('excluded.name'),
          status: eb
            .case()
            .when(knowsNoMore(eb))
            .then(eb.ref('companies.status'))
            .else(eb.ref('excluded.status'))
            .end(),
          status_since: eb
            .case()
            .when(eb.or([knowsNoMore(eb), eb('companies.status', '=', eb.ref('excluded.status'))]))
            .then(eb.ref('companies.status_since'))
            .else(eb.ref('excluded.status_since'))
            .end(),
          listed_as: eb.ref('excluded.status'),
          last_seen_at: eb.ref('excluded.last_seen_at'),
        })),
      )
      .execute();
  }
}

type Upsert = ExpressionBuilder<Schema & { excluded: Schema['companies'] }, 'companies' | 'excluded'>;

/** The list says "reachable", as it did before; what reading found since then it cannot know. */
const knowsNoMore = (eb: Upsert) =>
  eb.and([eb('excluded.status', '=', 'reachable'), eb('companies.listed_as', '=', 'reachable')]);

function listedAs(trx: Kysely<Schema>, connectionId: ConnectionId, status: CompanyStatus) {
  return trx.updateTable('companies').set({ listed_as: status }).where('connection_id', '=', connectionId);
}

async function changeStatus(
  db: Kysely<Schema>,
  connectionId: ConnectionId,
  externalId: string,
  status: CompanyStatus,
  at: Moment,
): Promise<void> {
  await db
    .updateTable('companies')
    .set({ status, status_since: at })
    .where('connection_id', '=', connectionId)
    .where('external_id', '=', externalId)
    .where('status', '!=', status)
    .execute();
}

function newRow(
  connectionId: ConnectionId,
  { externalId, code, name, status }: Company,
  at: Moment,
): CompanyRow {
  return {
    connection_id: connectionId,
    external_id: externalId,
    code,
    name,
    status,
    linked: 0,
    listed_as: status,
    status_since: at,
    last_seen_at: at,
  };
}

function fromRow(row: CompanyRow): KnownCompany {
  return {
    connectionId: row.connection_id,
    externalId: row.external_id,
    code: row.code,
    name: row.name,
    status: row.status,
    linked: row.linked === 1,
    statusSince: row.status_since,
    listedAs: row.listed_as,
    lastSeenAt: row.last_seen_at,
  };
}
