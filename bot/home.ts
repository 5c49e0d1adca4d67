import { setTimeout as sleep } from 'node:timers/promises';
import { findUserBySlackId, isActive } from '../domain/office.ts';
import { noteWhoMetIt } from './affected.ts';
import type { BotDeps } from './deps.ts';
import { home, homeOfStranger } from './messages/home.ts';
import { unknownPerson } from './refusals.ts';

/** Shows a person the App Home as it is now. */
export async function publishHome(bot: BotDeps, slackUserId: string): Promise<void> {
  const { facts, office, slack } = bot;
  const known = findUserBySlackId(office, slackUserId);
  const user = known && isActive(known) ? known : null;
  const connections = user ? await facts.connections() : [];
  const view = user
    ? home(await facts.about(connections), user)
    : homeOfStranger(unknownPerson(office, slackUserId).message);
  await slack.views.publish({ user_id: slackUserId, view });
  if (user) await noteWhoMetIt(bot, user, connections);
}

/** How long an action may take until it is seen in the store. */
const patience = { tries: 10, pauseMs: 200 };

/** Shows the App Home again once what the person did to this connection has reached the store. */
export async function refreshHome(
  bot: BotDeps,
  slackUserId: string,
  before: { id: string; revision: number } | null,
): Promise<void> {
  for (let tries = 0; before && tries < patience.tries; tries++) {
    const now = await bot.facts.connection(before.id);
    if (now?.revision !== before.revision) break;
    await sleep(patience.pauseMs);
  }
  await publishHome(bot, slackUserId);
}
