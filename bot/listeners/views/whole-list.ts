import type { ViewOutput } from '@slack/bolt';
import type { Ask } from '../../asking/ask.ts';
import type { BotDeps } from '../../deps.ts';
import { carriedPage } from '../../modals/whole-list.ts';
import { pageOf } from '../../verbs/show-all.ts';
import type { Judged } from './set-up.ts';

/** The next page of a long list. */
export async function nextPage(bot: BotDeps, ask: Ask, view: ViewOutput): Promise<Judged> {
  ask.user();
  const { list, page } = carriedPage(view.private_metadata);
  return { instead: await pageOf(bot, list, page + 1) };
}
