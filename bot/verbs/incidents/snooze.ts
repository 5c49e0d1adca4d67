import type { ModalView } from '@slack/types';
import { snoozeChoices } from '../../../domain/incidents/human-step.ts';
import type { ConnectionState } from '../../../domain/connection.ts';
import type { Ask } from '../../asking/ask.ts';
import { groupOf, namesOf } from '../../incident-group.ts';
import type { BotDeps } from '../../deps.ts';
import { nothingToReconnect } from '../../messages/done.ts';
import { carry } from '../../modals/carried.ts';
import { snoozeModal } from '../../modals/snooze.ts';
import { mustMend } from '../../asking/refusals.ts';

/** Asks for whom and how long reminders are to be snoozed. */
export async function snooze(bot: BotDeps, ask: Ask, connection: ConnectionState): Promise<void> {
  mustMend(bot.office, ask.user(), connection, 'snooze the reminders of');
  if (connection.link.state !== 'disconnected') return ask.answer(nothingToReconnect(connection.name));
  await ask.open(modal(bot, ask, [connection], false));
}

/** The same for all that broke together with this one. */
export async function snoozeAll(bot: BotDeps, ask: Ask, connection: ConnectionState): Promise<void> {
  mustMend(bot.office, ask.user(), connection, 'snooze the reminders of');
  const broken = await groupOf(bot, connection, ask.user());
  if (broken.length === 0) return ask.answer(nothingToReconnect(connection.name));
  await ask.open(modal(bot, ask, broken, true));
}

function modal(bot: BotDeps, ask: Ask, connections: readonly ConnectionState[], all: boolean): ModalView {
  return snoozeModal({
    connectionName: namesOf(connections),
    choices: snoozeChoices(bot.office, bot.now().getTime()),
    timeZone: bot.office.timeZone,
    metadata: carry(ask.replyTo, connections[0]?.id ?? null, all),
  });
}
