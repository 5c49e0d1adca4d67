import type { App } from '@slack/bolt';
import type { AskFrom } from '../asking/ask.ts';
import type { BotDeps } from '../deps.ts';
import { registerActions } from './actions/index.ts';
import { registerCommands } from './commands/index.ts';
import { registerEvents } from './events/index.ts';
import { onlyIdsOfSlack } from './ids-of-slack.ts';
import { registerViews } from './views/index.ts';

/** Tells Bolt who answers what. */
export function register(app: App, bot: BotDeps, askFrom: AskFrom): void {
  app.use(onlyIdsOfSlack);
  registerCommands(app, bot, askFrom);
  registerActions(app, bot, askFrom);
  registerViews(app, bot, askFrom);
  registerEvents(app, bot);
}
