import type { KnownRow, Naming } from '../domain/booking-fit.ts';
import type { BookingLine } from './booking-queries.ts';
import type { Database } from './database.ts';
import { factsSchema, parseJson } from './json.ts';

export interface NamedRowStore {
  /** The live rows of master data that these names may mean, by id or by code. */
  find(line: BookingLine, namings: readonly Naming[]): Promise<KnownRow[]>;
}

export function createNamedRows({ db }: Database): NamedRowStore {
  return {
    async find({ connectionId, companyId }, namings) {
      const kinds = [...new Set(namings.map(({ kind }) => kind))];
      const found: KnownRow[] = [];
      for (const kind of kinds) {
        const values = [...new Set(namings.filter((one) => one.kind === kind).map(({ value }) => value))];
        const rows = await db
          .selectFrom('master_data')
          .select(['external_id', 'code', 'active', 'details'])
          .where('connection_id', '=', connectionId)
          .where('company_id', '=', companyId)
          .where('kind', '=', kind)
          .where('deleted_at', 'is', null)
          .where((eb) => eb.or([eb('external_id', 'in', values), eb('code', 'in', values)]))
          .execute();
        found.push(
          ...rows.map((row) => ({
            kind,
            externalId: row.external_id,
            code: row.code,
            active: row.active === 1,
            details: parseJson(factsSchema, row.details),
          })),
        );
      }
      return found;
    },
  };
}
