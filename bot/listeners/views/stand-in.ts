import type { ViewOutput } from '@slack/bolt';
import type { Ask } from '../../asking/ask.ts';
import { connectionOf, type BotDeps } from '../../deps.ts';
import { inputIds } from '../../ids.ts';
import { standInSet } from '../../messages/done.ts';
import { carried } from '../../modals/carried.ts';
import { nobody } from '../../modals/stand-in.ts';
import { mustManage } from '../../asking/refusals.ts';
import type { Judged } from './set-up.ts';
import { chosen } from './values.ts';

/** A submitted choice of who stands in. */
export async function standInSubmitted(bot: BotDeps, ask: Ask, view: ViewOutput): Promise<Judged> {
  const user = ask.user();
  mustManage(bot.office, user, 'choose who stands in');
  const connection = await connectionOf(bot, carried(view.private_metadata).connectionId ?? '');
  const choice = chosen(view, inputIds.standIn);
  const person = bot.office.users.find(({ id }) => id === choice);
  if (!person && choice !== nobody)
    return { errors: { [inputIds.standIn]: 'Choose who stands in, or nobody.' } };
  return {
    act: async () => {
      await bot.gateway.setStandIn(connection.id, {
        actionId: ask.actionId,
        by: user.id,
        person: person?.id ?? null,
      });
      const instead = bot.facts.userName(connection.synchronisationUserId);
      await ask.answer(standInSet(connection.name, instead, person?.name ?? null));
    },
  };
}
