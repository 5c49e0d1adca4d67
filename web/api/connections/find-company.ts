import type { ConnectionState } from '../../../domain/connection.ts';
import { mayMean } from '../../../domain/meant.ts';
import type { KnownCompany } from '../../../store/connections/companies.ts';
import type { Store } from '../../../store/index.ts';

/**
 * Finds a connection by its id, and the companies of it that a name may mean (domain/meant.ts): by `id:…`, by `code:…`, or
 * by either.
 */
export function createFindCompany(store: Pick<Store, 'connections' | 'companies'>) {
  return async (asked: {
    connection: string;
    company: string;
  }): Promise<{ connection: ConnectionState | null; companies: KnownCompany[] }> => {
    const connection = await store.connections.get(asked.connection);
    const known = connection && asked.company ? await store.companies.all(connection.id) : [];
    return { connection, companies: known.filter((company) => mayMean(asked.company, company)) };
  };
}
