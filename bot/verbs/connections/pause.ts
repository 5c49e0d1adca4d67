import type { ConnectionState } from '../../../domain/connection.ts';
import { teamsOf } from '../../../domain/offices/office.ts';
import type { Ask } from '../../asking/ask.ts';
import type { BotDeps } from '../../deps.ts';
import { bookingWords } from '../../messages/bookings/bookable.ts';
import { paused, resumed } from '../../messages/done.ts';
import { mustManage } from '../../asking/refusals.ts';
import type { PersonId } from '../../../domain/ids.ts';

/** Stops the rounds of a connection until somebody resumes it. */
export async function pause(bot: BotDeps, ask: Ask, connection: ConnectionState): Promise<void> {
  const user = ask.user();
  mustManage(bot.office, user, 'pause a connection');
  await bot.gateway.pause(connection.id, { actionId: ask.actionId, by: user.id });
  const { booking } = await stateAfter(bot, connection, user.id);
  await ask.answerTeam(paused(connection.name, user.name, booking), await channelsHit(bot, connection));
}

/** Starts the rounds of a paused connection again. */
export async function resume(bot: BotDeps, ask: Ask, connection: ConnectionState): Promise<void> {
  const user = ask.user();
  mustManage(bot.office, user, 'resume a connection');
  await bot.gateway.resume(connection.id, { actionId: ask.actionId, by: user.id });
  const { booking, isConnected } = await stateAfter(bot, connection, null);
  await ask.answerTeam(
    resumed(connection.name, user.name, isConnected, booking),
    await channelsHit(bot, connection),
  );
}

/** The channels of the teams whose companies come in over this connection. */
async function channelsHit({ store, office }: BotDeps, { id }: ConnectionState): Promise<string[]> {
  return teamsOf(office, await store.companies.linked(id)).map(({ channelId }) => channelId);
}

/** As the store has it, with the pause that it may not have yet. */
async function stateAfter({ facts }: BotDeps, connection: ConnectionState, pausedBy: PersonId | null) {
  const state = { ...((await facts.connection(connection.id)) ?? connection), pausedBy };
  const [about] = (await facts.about([state])).connections;
  return { booking: about ? bookingWords(about) : '', isConnected: state.link.state === 'connected' };
}
