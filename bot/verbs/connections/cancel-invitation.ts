import type { ConnectionState } from '../../../domain/connection.ts';
import type { Ask } from '../../asking/ask.ts';
import type { BotDeps } from '../../deps.ts';
import { invitationCancelled } from '../../messages/done.ts';
import { mustManage } from '../../asking/refusals.ts';

/** Ends an invitation to log in; the person who was asked may say no, and so may every superuser. */
export async function cancelInvitation(
  { office, gateway }: BotDeps,
  ask: Ask,
  connection: ConnectionState,
): Promise<void> {
  const user = ask.user();
  const asked = connection.changingTo ?? connection.synchronisationUserId;
  if (user.id !== asked) mustManage(office, user, 'cancel this invitation');
  await gateway.cancelInvitation(connection.id, { actionId: ask.actionId, by: user.id });
  await ask.answer(invitationCancelled(connection.name));
}
