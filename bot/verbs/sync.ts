import type { ConnectionState } from '../../domain/connection.ts';
import { kindNames, masterDataKinds, type MasterDataKind } from '../../domain/master-data.ts';
import { RefusedError } from '../../gateway/errors.ts';
import type { KnownCompany } from '../../store/companies.ts';
import type { Ask } from '../ask.ts';
import { chooseConnection } from '../choose-connection.ts';
import type { BotDeps } from '../deps.ts';
import { slashCommand } from '../ids.ts';
import { syncStarted } from '../messages/done.ts';
import { listed } from '../messages/words.ts';
import { isEverything } from '../../domain/rounds.ts';
import { mustManage, mustUse } from '../refusals.ts';
import { nearestSyncArgument, readSyncArgument } from '../sync-argument.ts';

/** What is to be brought in; without company and kind everything is. */
export interface SyncRequest {
  company: Pick<KnownCompany, 'externalId' | 'code' | 'name'> | null;
  kind: MasterDataKind | null;
  /** From the very beginning, to find what was deleted. */
  full: boolean;
}

/** Starts a round now instead of at the next turn, or brings in one company or kind beside the rounds. */
export async function sync(
  { office, gateway }: BotDeps,
  ask: Ask,
  connection: ConnectionState,
  request: SyncRequest = { company: null, kind: null, full: false },
): Promise<void> {
  const user = ask.user();
  mustUse(office, user, 'start a synchronisation');
  const { company, kind, full } = request;
  if (full) mustManage(office, user, 'have everything listed anew');
  const scope = { companies: company && [company.externalId], kinds: kind && [kind], ...(full && { full }) };
  const isScoped = !isEverything(scope);
  await gateway.syncNow(connection.id, {
    actionId: ask.actionId,
    by: user.id,
    ...(isScoped && { scope }),
  });
  await ask.answer(syncStarted(connection.name, request));
}

type Found = SyncRequest & { connection: ConnectionState };

/**
 * What a person means: a connection by its name, or a company by its code or name; behind it, or alone, a kind and "full".
 * @throws RefusedError when nothing fits, with what was probably meant
 */
export async function findBySyncArgument(bot: BotDeps, typed: string): Promise<Found> {
  const whole = await findNamed(bot, typed);
  if (whole) return { ...whole, kind: null, full: false };
  const { name, kind, full } = readSyncArgument(typed);
  const named = kind || full ? await findNamed(bot, name) : null;
  if (named) return { ...named, kind, full };
  const nearest = kind ? null : nearestSyncArgument(typed);
  throw new RefusedError(
    nearest
      ? `Syncuser does not know “${typed.trim()}”. Did you mean \`${slashCommand} sync ${nearest}\`?`
      : `There is no connection and no linked company called “${name || typed.trim()}”. Behind it you can type one kind: ${listed(
          masterDataKinds.map((one) => kindNames[one]),
          'or',
        )}.`,
  );
}

/** Null when there is neither a connection nor a linked company of this name. */
async function findNamed(
  { facts, store }: BotDeps,
  typed: string,
): Promise<Omit<Found, 'kind' | 'full'> | null> {
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
