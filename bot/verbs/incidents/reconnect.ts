import type { ConnectionState } from '../../../domain/connection.ts';
import type { AwaitedPurpose } from '../../../domain/logins/sign-in.ts';
import { RefusedError } from '../../asking/refused.ts';
import type { Ask } from '../../asking/ask.ts';
import { groupOf, doneForEach, namesOf } from '../../incident-group.ts';
import type { BotDeps } from '../../deps.ts';
import { noLongerAsked, nothingToReconnect, takenUp, waitingForLogin } from '../../messages/done.ts';
import { mustMend } from '../../asking/refusals.ts';
import { giveLink } from '../logins/give-link.ts';

/** Gives whoever may mend a disconnected connection a personal link, and lets everybody know who is on it. */
export async function reconnect(bot: BotDeps, ask: Ask, connection: ConnectionState): Promise<void> {
  const user = ask.user(connection);
  if (connection.link.state === 'connecting') {
    if (invited(connection, 'set-up') === user.id) return giveLink(bot, ask, user, connection, 'set-up');
    return ask.answer(waitingForLogin(connection.name, bot.facts.userName(connection.synchronisationUserId)));
  }
  mustMend(bot.office, user, connection, 'reconnect');
  if (connection.link.state !== 'disconnected') return ask.answer(nothingToReconnect(connection.name));
  await giveLink(bot, ask, user, connection, 'reconnect');
  await bot.gateway.acknowledge(connection.id, { actionId: ask.actionId, by: user.id });
}

/** "I'm on it", without logging in yet. */
export async function takeUp(bot: BotDeps, ask: Ask, connection: ConnectionState): Promise<void> {
  const user = ask.user(connection);
  mustMend(bot.office, user, connection, 'take care of');
  if (connection.link.state !== 'disconnected') return ask.answer(nothingToReconnect(connection.name));
  await bot.gateway.acknowledge(connection.id, { actionId: ask.actionId, by: user.id });
  await ask.answer(takenUp(connection.name));
}

/** "I'm on it", for all that broke together with this one. */
export async function takeUpAll(bot: BotDeps, ask: Ask, connection: ConnectionState): Promise<void> {
  const user = ask.user();
  mustMend(bot.office, user, connection, 'take care of');
  const broken = await groupOf(bot, connection, user);
  if (broken.length === 0) return ask.answer(nothingToReconnect(connection.name));
  const { actionId } = ask;
  const done = await doneForEach(broken, ({ id }) => bot.gateway.acknowledge(id, { actionId, by: user.id }));
  await ask.answer(takenUp(namesOf(done)));
}

/** The Connect button of an invitation: only for the person who was asked. */
export async function connect(
  bot: BotDeps,
  ask: Ask,
  connection: ConnectionState,
  purpose: AwaitedPurpose,
): Promise<void> {
  if (purpose === 'reconnect') return reconnect(bot, ask, connection);
  const user = ask.user(connection);
  const person = invited(connection, purpose);
  if (person === null) return ask.answer(noLongerAsked(connection.name));
  if (person !== user.id) {
    throw new RefusedError(
      `This invitation is for ${bot.facts.userName(person)} only: the link with ${connection.name} will be that person's.`,
    );
  }
  await giveLink(bot, ask, user, connection, purpose);
}

/** Who is being asked to log in for this purpose, or null when nobody is any more. */
function invited(connection: ConnectionState, purpose: Exclude<AwaitedPurpose, 'reconnect'>): string | null {
  if (purpose === 'change') return connection.changingTo;
  return connection.link.state === 'connecting' ? connection.synchronisationUserId : null;
}
