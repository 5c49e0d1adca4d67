import type { ConnectionState } from '../../domain/connection.ts';
import { RefusedError } from '../../gateway/errors.ts';
import type { Ask } from '../ask.ts';
import { chooseConnection } from '../choose-connection.ts';
import type { BotDeps } from '../deps.ts';
import { syncStarted } from '../messages/done.ts';
import { mustUse } from '../refusals.ts';

/** Starts a round now instead of at the next turn. */
export async function sync(
  { office, gateway }: BotDeps,
  ask: Ask,
  connection: ConnectionState,
  company: string | null = null,
): Promise<void> {
  const user = ask.user();
  mustUse(office, user, 'start a synchronisation');
  await gateway.syncNow(connection.id, { actionId: ask.actionId, by: user.id });
  await ask.answer(syncStarted(connection.name, company));
}

/**
 * The connection a person means by its own name, or by the code or name of one of its companies.
 * @throws RefusedError when nothing fits
 */
export async function findBySyncArgument(
  { facts, store }: BotDeps,
  typed: string,
): Promise<{ connection: ConnectionState; company: string | null }> {
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
    if (company) return { connection, company: company.name };
  }
  throw new RefusedError(`There is no connection and no linked company called “${typed.trim()}”.`);
}
