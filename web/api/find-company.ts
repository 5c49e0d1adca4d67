import type { ConnectionState } from '../../domain/connection.ts';
import type { KnownCompany } from '../../store/companies.ts';
import type { Store } from '../../store/index.ts';

/** Finds a connection by its id, and a company of it by the id or the code people use; the stable id wins. */
export function createFindCompany(store: Pick<Store, 'connections' | 'companies'>) {
  return async (asked: {
    connection: string;
    company: string;
  }): Promise<{ connection: ConnectionState | null; company: KnownCompany | undefined }> => {
    const connection = await store.connections.get(asked.connection);
    const companies = connection && asked.company ? await store.companies.all(connection.id) : [];
    const called = (key: 'externalId' | 'code') =>
      companies.find((candidate) => candidate[key] === asked.company);
    return { connection, company: called('externalId') ?? called('code') };
  };
}
