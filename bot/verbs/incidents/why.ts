import { nextReminder } from '../../../domain/incidents/human-step.ts';
import { incidentRules } from '../../../domain/incidents/incident-rules.ts';
import type { ConnectionState } from '../../../domain/connection.ts';
import type { Ask } from '../../asking/ask.ts';
import type { BotDeps } from '../../deps.ts';
import { nothingToReconnect } from '../../messages/done.ts';
import { whyModal } from '../../modals/why.ts';

/** Explains a disconnection: what was seen, where it is mended, and what Syncuser does next. For everybody. */
export async function why(bot: BotDeps, ask: Ask, connection: ConnectionState): Promise<void> {
  ask.user();
  const { link, incident: number } = connection;
  if (link.state !== 'disconnected') return ask.answer(nothingToReconnect(connection.name));
  const now = bot.now().getTime();
  const { connections } = await bot.facts.about([connection]);
  const [facts] = connections;
  if (!facts) throw new Error(`There is nothing to tell about ${connection.id}`);
  const incident = number === null ? null : await bot.store.incidents.get(number);
  await ask.open(
    whyModal({
      connectionName: connection.name,
      systemName: facts.systemName,
      login: facts.login ?? facts.synchronisationUser,
      cause: link.cause,
      since: incident?.openedAt ?? link.since,
      lastGoodAt: incident?.lastGoodAt ?? null,
      saw: await bot.store.loginRefusals.last(connection.id),
      screen: bot.facts.screensOf(connection.system).causes[link.cause] ?? null,
      checksAgainEvery: incidentRules[link.cause].checksAgainEvery,
      nextReminderAt: new Date(nextReminder(bot.office, Date.parse(link.since), now)).toISOString(),
      mayReconnect: facts.mayReconnect,
      onIt: facts.onIt,
      pausedBy: facts.pausedBy,
    }),
  );
}
