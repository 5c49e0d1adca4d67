import type { ConnectionState } from '../../../domain/connection.ts';
import { findUser, isAutomation, type OfficeUser } from '../../../domain/offices/office.ts';
import { RefusedError } from '../../asking/refused.ts';
import type { Ask } from '../../asking/ask.ts';
import type { BotDeps } from '../../deps.ts';
import { ownLoginEnded } from '../../messages/done.ts';
import { mustManage } from '../../asking/refusals.ts';
import { giveLink } from './give-link.ts';

/** Links a person with their own accounting-system user; a superuser does it for an automation. */
export async function connectOwn(
  bot: BotDeps,
  ask: Ask,
  connection: ConnectionState,
  personId: string,
): Promise<void> {
  const person = mustOwn(bot, ask, connection, personId);
  if (!connection.login) throw new RefusedError(`${connection.name} is not connected yet; that comes first.`);
  await giveLink(bot, ask, person, connection, 'personal', ask.user().id);
}

/** Lets go of a person's own login. */
export async function disconnectOwn(
  bot: BotDeps,
  ask: Ask,
  connection: ConnectionState,
  personId: string,
): Promise<void> {
  const person = mustOwn(bot, ask, connection, personId);
  await bot.gateway.unlinkPerson(connection.id, {
    actionId: ask.actionId,
    by: ask.user().id,
    person: person.id,
  });
  await ask.answer(ownLoginEnded(connection.name));
}

/** @throws RefusedError when the login is not this person's, or is the one the connection works with */
function mustOwn({ office }: BotDeps, ask: Ask, connection: ConnectionState, personId: string): OfficeUser {
  const user = ask.user();
  const person = findUser(office, personId);
  if (!person || (person.id !== user.id && !isAutomation(person)))
    throw new RefusedError('Everybody links only their own accounting-system user.');
  if (person.id !== user.id) mustManage(office, user, 'look after the login of an automation');
  if (person.id === connection.synchronisationUserId)
    throw new RefusedError(
      `The synchronisation of ${connection.name} works with this login. A superuser can choose another synchronisation user first: /syncuser change`,
    );
  return person;
}
