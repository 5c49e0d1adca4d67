import type { App } from '@slack/bolt';
import type { BotDeps } from '../../deps.ts';
import { publishHome } from '../../home.ts';

/** App Home is made anew whenever somebody opens it. */
export function registerEvents(app: App, bot: BotDeps): void {
  app.event('app_home_opened', async ({ event }) => {
    if (event.tab === 'home') await publishHome(bot, event.user);
  });
}
