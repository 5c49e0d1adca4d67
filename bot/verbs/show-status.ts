import type { ConnectionState } from '../../domain/connection.ts';
import { mayUseConnections } from '../../domain/office.ts';
import type { Ask } from '../ask.ts';
import type { BotDeps } from '../deps.ts';
import { shortStatus } from '../messages/short-status.ts';
import { overview, status } from '../messages/status.ts';

/** How one connection is doing, or all of them. Who does not work with connections gets the short words. */
export async function showStatus(
  { facts }: BotDeps,
  ask: Ask,
  which: readonly ConnectionState[] | 'all',
): Promise<void> {
  const user = ask.user();
  const about = await facts.about(which === 'all' ? await facts.connections() : which);
  if (!mayUseConnections(user)) return ask.answer(shortStatus(about));
  await ask.answer(which === 'all' ? overview(about) : status(about));
}
