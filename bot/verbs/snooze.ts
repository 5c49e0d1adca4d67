import { snoozeChoices } from '../../domain/human-step.ts';
import type { ConnectionState } from '../../domain/connection.ts';
import type { Ask } from '../ask.ts';
import type { BotDeps } from '../deps.ts';
import { nothingToReconnect } from '../messages/done.ts';
import { carry } from '../modals/carried.ts';
import { snoozeModal } from '../modals/snooze.ts';
import { mustMend } from '../refusals.ts';

/** Asks for whom and how long reminders are to be put off. */
export async function snooze(bot: BotDeps, ask: Ask, connection: ConnectionState): Promise<void> {
  mustMend(bot.office, ask.user(), connection, 'put off the reminders of');
  if (connection.link.state !== 'disconnected') return ask.answer(nothingToReconnect(connection.name));
  await ask.open(
    snoozeModal({
      connectionName: connection.name,
      choices: snoozeChoices(bot.office, bot.now().getTime()),
      timeZone: bot.office.timeZone,
      metadata: carry(ask.replyTo, connection.id),
    }),
  );
}
