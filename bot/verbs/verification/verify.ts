import type { ConnectionState } from '../../../domain/connection.ts';
import type { Ask } from '../../asking/ask.ts';
import type { BotDeps } from '../../deps.ts';
import { verificationStarted } from '../../messages/done.ts';
import { mustUse } from '../../asking/refusals.ts';

/** Has the rights of the login in use looked at, in every company. */
export async function verify(
  { office, gateway }: BotDeps,
  ask: Ask,
  connection: ConnectionState,
): Promise<void> {
  const user = ask.user();
  mustUse(office, user, 'verify a connection');
  await gateway.verify(connection.id, { actionId: ask.actionId, by: user.id });
  await ask.answer(verificationStarted(connection.name));
}
