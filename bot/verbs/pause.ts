import type { ConnectionState } from '../../domain/connection.ts';
import type { Ask } from '../ask.ts';
import type { BotDeps } from '../deps.ts';
import { paused, resumed } from '../messages/done.ts';
import { mustManage } from '../refusals.ts';

/** Stops the rounds of a connection until somebody resumes it. */
export async function pause(
  { office, gateway }: BotDeps,
  ask: Ask,
  connection: ConnectionState,
): Promise<void> {
  const user = ask.user();
  mustManage(office, user, 'pause a connection');
  await gateway.pause(connection.id, { actionId: ask.actionId, by: user.id });
  await ask.answerTeam(paused(connection.name, user.name));
}

/** Starts the rounds of a paused connection again. */
export async function resume(
  { office, gateway }: BotDeps,
  ask: Ask,
  connection: ConnectionState,
): Promise<void> {
  const user = ask.user();
  mustManage(office, user, 'resume a connection');
  await gateway.resume(connection.id, { actionId: ask.actionId, by: user.id });
  await ask.answerTeam(resumed(connection.name, user.name));
}
