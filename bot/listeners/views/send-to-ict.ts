import type { ViewOutput } from '@slack/bolt';
import { outsiderSchema } from '../../../domain/logins/sign-in.ts';
import type { Ask } from '../../asking/ask.ts';
import { connectionOf, type BotDeps } from '../../deps.ts';
import { inputIds } from '../../ids.ts';
import { linkToPassOn } from '../../messages/logins/personal-link.ts';
import { carried } from '../../modals/carried.ts';
import { mustMend } from '../../asking/refusals.ts';
import type { Judged } from './set-up.ts';
import { written } from './values.ts';

/** A link for somebody without an account, bound to whoever asked for it. */
export async function sendToIctSubmitted(bot: BotDeps, ask: Ask, view: ViewOutput): Promise<Judged> {
  const user = ask.user();
  const connection = await connectionOf(bot, carried(view.private_metadata).connectionId ?? '');
  mustMend(bot.office, user, connection, 'pass on a link for');
  const typed = { name: written(view, inputIds.name), email: written(view, inputIds.email) || null };
  const { data: outsider } = outsiderSchema.safeParse(typed);
  if (!outsider) return { errors: { [inputIds.name]: 'Say who is to log in.' } };
  return {
    act: async () => {
      const purpose = 'reconnect';
      const request = { officeUserId: user.id, connectionId: connection.id, purpose, outsider } as const;
      const link = await bot.links.issue(request);
      await ask.answer(
        linkToPassOn({
          ...link,
          connectionName: connection.name,
          systemName: bot.facts.systemName(connection.system),
          login: connection.login?.accountingUserName ?? null,
          outsider,
          askedBy: user.name,
        }),
      );
    },
  };
}
