import type { App } from '@slack/bolt';
import type { BotDeps } from '../../deps.ts';
import { originOfSpoken } from '../../asking/origins.ts';
import { answerSpoken } from '../../verbs/offices/answer-spoken.ts';

/** How many of the newest messages are remembered, so that one that Slack delivers again is answered once. */
const remembered = 1_000;

/** App Home is made anew whenever somebody opens it; whoever speaks to the bot reads how things are. */
export function registerEvents(app: App, bot: BotDeps): void {
  app.event('app_home_opened', async ({ event }) => {
    if (event.tab === 'home') await bot.homes.show(event.user);
  });

  const answered = new Set<string>();
  const isNew = (message: string) => {
    if (answered.has(message)) return false;
    answered.add(message);
    const [oldest] = answered;
    if (answered.size > remembered && oldest !== undefined) answered.delete(oldest);
    return true;
  };
  for (const kind of ['app_mention', 'message'] as const)
    app.event(kind, async ({ event }) => {
      const spoken = originOfSpoken(event);
      if (spoken && isNew(spoken.actionId)) await answerSpoken(bot, spoken);
    });
}
