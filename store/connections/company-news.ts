import type { Kysely } from 'kysely';
import { eventOf, type Company, type CompanyEvent } from '../../domain/connections/company.ts';
import type { Moment } from '../../domain/master-data.ts';
import type { Database } from '../database/database.ts';
import type { CompanyNewsRow, CompanyRow, Schema } from '../database/schema.ts';
import type { CompanyId, ConnectionId } from '../../domain/ids.ts';

/** One thing that happened to a company in the package. */
export interface CompanyNews {
  companyId: CompanyId;
  what: CompanyEvent;
  at: Moment;
  /** What it was called before, where that changed. */
  was: string | null;
}

export interface CompanyNewsStore {
  /** Whether there is something that nobody was told yet. */
  waits(connectionId: ConnectionId): Promise<boolean>;
  /** Everything untold is told on this occasion; asked again for the same occasion it is the same. */
  take(connectionId: ConnectionId, occasion: string): Promise<CompanyNews[]>;
}

export function createCompanyNewsStore({ db }: Database): CompanyNewsStore {
  return {
    async waits(connectionId) {
      const untold = await db
        .selectFrom('company_news')
        .select('company_id')
        .where('connection_id', '=', connectionId)
        .where('told_on', 'is', null)
        .limit(1)
        .executeTakeFirst();
      return untold !== undefined;
    },
    async take(connectionId, occasion) {
      await db
        .updateTable('company_news')
        .set({ told_on: occasion })
        .where('connection_id', '=', connectionId)
        .where('told_on', 'is', null)
        .execute();
      const rows = await db
        .selectFrom('company_news')
        .selectAll()
        .where('connection_id', '=', connectionId)
        .where('told_on', '=', occasion)
        .orderBy('company_id')
        .execute();
      return rows.map(({ company_id: companyId, what, at, was }) => ({ companyId, what, at, was }));
    },
  };
}

/**
 * Notes what a listing changes that people should hear of, inside its transaction. While nothing is linked yet everything
 * is new, and nothing is news.
 */
export async function noteNews(
  trx: Kysely<Schema>,
  connectionId: ConnectionId,
  { before, listed, at }: { before: readonly CompanyRow[]; listed: readonly Company[]; at: Moment },
): Promise<void> {
  if (!before.some(({ linked }) => linked === 1)) return;
  const known = new Map(before.map((row) => [row.external_id, row]));
  const news = listed.flatMap((company): CompanyNewsRow[] => {
    const row = known.get(company.externalId);
    const what = row ? eventOf(asCompany(row), company) : company.status === 'archived' ? null : 'appeared';
    if (what === null) return [];
    const was = row && what === 'renamed' ? nameOf(row) : null;
    return [{ connection_id: connectionId, company_id: company.externalId, what, at, was, told_on: null }];
  });
  if (news.length === 0) return;
  await trx
    .insertInto('company_news')
    .values(news)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** As it was listed: what only reading found of it is no news of a list. */
function asCompany({ external_id, code, name, listed_as: status, linked }: CompanyRow) {
  return { externalId: external_id, code, name, status, linked: linked === 1 };
}

function nameOf({ code, name }: CompanyRow): string {
  return code === name ? name : `${code} ${name}`;
}
