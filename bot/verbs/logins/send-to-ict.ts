import type { ConnectionState } from '../../../domain/connection.ts';
import type { Ask } from '../../asking/ask.ts';
import type { BotDeps } from '../../deps.ts';
import { nothingToReconnect } from '../../messages/done.ts';
import { carry } from '../../modals/carried.ts';
import { sendToIctModal } from '../../modals/send-to-ict.ts';
import { mustMend } from '../../asking/refusals.ts';

/** Whoever may mend the connection may have somebody without an account log in. */
export async function sendToIct(bot: BotDeps, ask: Ask, connection: ConnectionState): Promise<void> {
  mustMend(bot.office, ask.user(), connection, 'pass on a link for');
  if (connection.link.state !== 'disconnected') return ask.answer(nothingToReconnect(connection.name));
  const metadata = carry(ask.replyTo, connection.id);
  await ask.open(sendToIctModal({ connectionName: connection.name, metadata }));
}
