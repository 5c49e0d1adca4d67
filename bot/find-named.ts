import type { ConnectionState } from '../domain/connection.ts';
import type { KnownCompany } from '../store/companies.ts';
import { chooseConnection } from './choose-connection.ts';
import type { BotDeps } from './deps.ts';

export interface Named {
  connection: ConnectionState;
  /** Null: all of its companies. */
  company: Pick<KnownCompany, 'externalId' | 'code' | 'name'> | null;
}

/**
 * A connection by its name or the beginning of it, or a linked company by its code or name.
 * @returns null when there is neither
 * @throws RefusedError when nothing was typed and there is no or more than one connection
 */
export async function findNamed(
  { facts, store }: Pick<BotDeps, 'facts' | 'store'>,
  typed: string,
): Promise<Named | null> {
  const connections = await facts.connections();
  const wanted = typed.trim().toLowerCase();
  const named = connections.some(({ name }) => name.toLowerCase().startsWith(wanted));
  if (wanted === '' || named || connections.length === 0)
    return { connection: chooseConnection(connections, typed), company: null };
  for (const connection of connections) {
    const linked = await store.companies.linked(connection.id);
    const company = linked.find(({ code, name }) =>
      [code, name].some((word) => word.toLowerCase() === wanted),
    );
    if (company) return { connection, company };
  }
  return null;
}
