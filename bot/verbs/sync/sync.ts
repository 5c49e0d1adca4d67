import type { ConnectionState } from '../../../domain/connection.ts';
import { masterDataKinds, type MasterDataKind } from '../../../domain/master-data.ts';
import { kindNames } from '../../../words/kinds.ts';
import { RefusedError } from '../../asking/refused.ts';
import type { Ask } from '../../asking/ask.ts';
import type { BotDeps } from '../../deps.ts';
import { findNamed, type Named } from '../../find-named.ts';
import { slashCommand } from '../../ids.ts';
import { syncStarted } from '../../messages/done.ts';
import { listed } from '../../messages/words.ts';
import { isEverything } from '../../../domain/sync/rounds.ts';
import { mustManage, mustUse } from '../../asking/refusals.ts';
import { nearestSyncArgument, readSyncArgument } from './sync-argument.ts';

/** What is to be brought in; without company and kind everything is. */
export interface SyncRequest {
  company: Named['company'];
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
  await ask.answer(syncStarted(connection.name, request, connection.health));
}

type Found = SyncRequest & Named;

/**
 * What a person means: a connection by its name, or a company by its code or name; behind it, or alone, a kind and "full".
 * @throws RefusedError when nothing fits, with what was probably meant
 */
export async function findBySyncArgument(bot: BotDeps, typed: string): Promise<Found> {
  const whole = await findNamed(bot, typed, { retype: (named) => `sync ${named}` });
  if (whole) return { ...whole, kind: null, full: false };
  const { name, kind, full } = readSyncArgument(typed);
  const part = [kind && kindNames[kind], full && 'full'].filter(Boolean).join(' ');
  const named = kind || full ? await findNamed(bot, name, { retype: (one) => `sync ${one} ${part}` }) : null;
  if (named) return { ...named, kind, full };
  const nearest = kind ? null : nearestSyncArgument(typed);
  if (nearest)
    throw new RefusedError(
      `Syncuser does not know “${typed.trim()}”. Did you mean \`${slashCommand} sync ${nearest}\`?`,
    );
  const kinds = listed(
    masterDataKinds.map((one) => kindNames[one]),
    'or',
  );
  const known = kind ? null : await knownBefore(bot, name);
  throw new RefusedError(
    known
      ? `“${known.rest}” is no kind of master data. Behind “${known.name}” you can type one kind: ${kinds}.`
      : `There is no connection and no linked company called “${name || typed.trim()}”. Behind it you can type one kind: ${kinds}.`,
  );
}

/** The longest beginning of what was typed that names something, and what stands behind it; null when there is none. */
async function knownBefore(bot: BotDeps, typed: string): Promise<{ name: string; rest: string } | null> {
  const words = typed.split(' ');
  for (let length = words.length - 1; length > 0; length -= 1) {
    const name = words.slice(0, length).join(' ');
    const named = await findNamed(bot, name, { retype: (one) => `sync ${one}`, beginnings: false });
    if (named) return { name, rest: words.slice(length).join(' ') };
  }
  return null;
}
