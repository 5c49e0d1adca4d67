import type { KnownRow, Naming } from '../../domain/bookings/booking-fit.ts';
import { keysIn } from '../../domain/meant.ts';
import type { BookingLine } from './booking-queries.ts';
import type { Database } from '../database/database.ts';
import { factsSchema, parseJson } from '../database/json.ts';
import { liveRows } from '../sync/live-rows.ts';

export interface NamedRowStore {
  /**
   * The live rows of master data that these names may mean, by id or by code. A row that seems to be gone gives way to one
   * that was just seen with its code, unless it is named by its id.
   */
  find(line: BookingLine, namings: readonly Naming[]): Promise<KnownRow[]>;
}

export function createNamedRows({ db }: Database): NamedRowStore {
  return {
    async find({ connectionId, companyId }, namings) {
      const kinds = [...new Set(namings.map(({ kind }) => kind))];
      const found: KnownRow[] = [];
      for (const kind of kinds) {
        const names = namings.filter((one) => one.kind === kind).map(({ value }) => value);
        const values = [...new Set(names.flatMap(keysIn))];
        const rows = await liveRows(db, { connectionId, companyId, kind })
          .select([
            'row.external_id',
            'row.code',
            'row.name',
            'row.active',
            'row.details',
            'held.source as heldFor',
          ])
          .where((eb) => eb.or([eb('row.external_id', 'in', values), eb('row.code', 'in', values)]))
          .execute();
        const seen = new Set(rows.flatMap(({ code, heldFor }) => (heldFor === null ? (code ?? []) : [])));
        const meant = rows.filter(
          ({ external_id: id, code, heldFor }) =>
            heldFor === null || code === null || values.includes(id) || !seen.has(code),
        );
        found.push(
          ...meant.map((row) => ({
            kind,
            externalId: row.external_id,
            code: row.code,
            name: row.name,
            active: row.active === 1,
            details: parseJson(factsSchema, row.details),
          })),
        );
      }
      return found;
    },
  };
}
