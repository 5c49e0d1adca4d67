import { findUserBySlackId, isActive } from '../../../domain/offices/office.ts';
import type { BotDeps } from '../../deps.ts';
import type { Message } from '../../messages/blocks.ts';
import { whatMatters } from '../../messages/offices/help.ts';
import { paragraphs } from '../../messages/paragraphs.ts';
import { refusal } from '../../messages/refusal.ts';
import { shortStatusList } from '../../messages/connections/short-status.ts';
import { unknownPerson } from '../../asking/refusals.ts';

/** Whoever mentions the bot or writes to it reads how things are and what can be typed; in a channel nobody else does. */
export async function answerSpoken(
  bot: BotDeps,
  { slackUserId, channel, isDirect }: { slackUserId: string; channel: string; isDirect: boolean },
): Promise<void> {
  const { whole, ...answer } = await answerFor(bot, slackUserId);
  if (whole) await bot.store.wholeLists.keep(whole);
  if (isDirect) await bot.slack.chat.postMessage({ channel, ...answer, unfurl_links: false });
  else await bot.slack.chat.postEphemeral({ channel, user: slackUserId, ...answer });
}

async function answerFor({ office, facts }: BotDeps, slackUserId: string): Promise<Message> {
  const user = findUserBySlackId(office, slackUserId);
  if (!user || !isActive(user)) return refusal(unknownPerson(office, slackUserId).message);
  const about = await facts.about(await facts.connections());
  return paragraphs(shortStatusList(about), `I understand commands only:\n${whatMatters(user)}`);
}
