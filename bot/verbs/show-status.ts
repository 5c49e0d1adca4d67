import type { ConnectionState } from '../../domain/connection.ts';
import { mayUseConnections } from '../../domain/office.ts';
import { noteWhoMetIt } from '../affected.ts';
import type { Ask } from '../ask.ts';
import type { BotDeps } from '../deps.ts';
import { shortStatus } from '../messages/short-status.ts';
import { overview, status } from '../messages/status.ts';

/** How one connection is doing, or all of them. Who does not work with connections gets the short words. */
export async function showStatus(
  bot: BotDeps,
  ask: Ask,
  which: readonly ConnectionState[] | 'all',
): Promise<void> {
  const user = ask.user();
  const { facts } = bot;
  const connections = which === 'all' ? await facts.connections() : which;
  const about = await facts.about(connections);
  await noteWhoMetIt(bot, user, connections);
  if (!mayUseConnections(user)) return ask.answer(shortStatus(about));
  await ask.answer(which === 'all' ? overview(about) : status(about));
}
