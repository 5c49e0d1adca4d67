import type { ConnectionState } from '../../../domain/connection.ts';
import { mayReconnect, mayUseConnections } from '../../../domain/offices/office.ts';
import { noteWhoMetIt } from '../../affected.ts';
import type { Ask } from '../../asking/ask.ts';
import type { BotDeps } from '../../deps.ts';
import { actionIds } from '../../ids.ts';
import { button, withButtons, type Message } from '../../messages/blocks.ts';
import { shortStatus } from '../../messages/connections/short-status.ts';
import { overview, status } from '../../messages/connections/status.ts';

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
  const message = which === 'all' ? overview(about) : status(about);
  const mendable = connections.filter((one) => one.link.state === 'disconnected' && mayReconnect(user, one));
  await ask.answer(mendable.slice(0, mostButtons).reduce(withReconnect, message));
}

/** A message has room for two more; App Home and the alerts have a button for each. */
const mostButtons = 2;

/** In a row of its own, because two buttons of one row may not do the same. */
function withReconnect(message: Message, { id, name }: ConnectionState): Message {
  return withButtons(
    message,
    button(actionIds.reconnect, `Reconnect ${name}`, { value: id, style: 'primary' }),
  );
}
