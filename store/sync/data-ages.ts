import { byCode } from '../../domain/connections/company.ts';
import type { KindAge } from '../../domain/bookings/bookable.ts';
import type { DataAge } from '../../domain/sync/freshness.ts';
import { masterDataKinds, type MasterDataKind, type Moment } from '../../domain/master-data.ts';
import type { Database } from '../database/database.ts';
import { lastSuccessOf } from './sync-positions.ts';
import type { ConnectionId } from '../../domain/ids.ts';

/** One kind of one linked company: how much of it there is, and how old that is. */
export interface KnownAge extends DataAge<AgedCompany>, KindAge {
  kind: MasterDataKind;
  lastSuccessAt: Moment | null;
  /** Live rows. */
  rows: number;
  /** Why the last attempt failed, for an operator, or null when it did not. */
  error: string | null;
}

export interface AgedCompany {
  id: string;
  code: string;
  name: string;
}

export interface DataAgeStore {
  /** Of every linked company that was ever tried, by its code; each company is one and the same object. */
  ofConnection(connectionId: ConnectionId): Promise<KnownAge[]>;
}

export function createDataAgeStore({ db }: Database): DataAgeStore {
  return {
    async ofConnection(connectionId) {
      const found = await db
        .selectFrom('companies')
        .innerJoin('sync_positions', (join) =>
          join
            .onRef('companies.connection_id', '=', 'sync_positions.connection_id')
            .onRef('companies.external_id', '=', 'sync_positions.company_id'),
        )
        .where('companies.connection_id', '=', connectionId)
        .where('companies.linked', '=', 1)
        .orderBy('companies.code')
        .orderBy('companies.external_id')
        .select([
          'companies.external_id as id',
          'companies.code',
          'companies.name',
          'sync_positions.kind',
          'sync_positions.rows',
          'sync_positions.last_success_at',
          'sync_positions.last_attempt_at',
          'sync_positions.error_code',
          'sync_positions.error_text',
          'sync_positions.error_gate',
        ])
        .execute();
      const companies = new Map<string, AgedCompany>();
      const ages = found.map(({ id, code, name, kind, rows, ...position }) => {
        const company = companies.get(id) ?? { id, code, name };
        companies.set(id, company);
        const { error_code } = position;
        return {
          company,
          kind,
          rows,
          lastSuccessAt: lastSuccessOf(position),
          lastAttemptAt: position.last_attempt_at,
          lastError: error_code === null ? null : { code: error_code },
          error: position.error_text,
        };
      });
      const order = ({ kind }: KnownAge) => masterDataKinds.indexOf(kind);
      return [...companies.values()]
        .sort(byCode)
        .flatMap((company) =>
          ages.filter((age) => age.company === company).sort((one, other) => order(one) - order(other)),
        );
    },
  };
}
