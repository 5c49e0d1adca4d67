import type { ViewOutput } from '@slack/bolt';
import type { Ask } from '../../ask.ts';
import { connectionOf, type BotDeps } from '../../deps.ts';
import { inputIds } from '../../ids.ts';
import { putOff } from '../../messages/done.ts';
import { carried } from '../../modals/carried.ts';
import { mustMend } from '../../refusals.ts';
import type { Judged } from './set-up.ts';
import { chosen } from './values.ts';

/** Reminders that are put off. The moment was worked out when the modal was opened. */
export async function snoozeSubmitted(bot: BotDeps, ask: Ask, view: ViewOutput): Promise<Judged> {
  const user = ask.user();
  const connection = await connectionOf(bot, carried(view.private_metadata).connectionId ?? '');
  mustMend(bot.office, user, connection, 'put off the reminders of');
  const until = chosen(view, inputIds.until);
  const whose = chosen(view, inputIds.whose);
  if (!until || !whose) {
    return {
      errors: {
        ...(until ? {} : { [inputIds.until]: 'Choose how long.' }),
        ...(whose ? {} : { [inputIds.whose]: 'Choose for whom.' }),
      },
    };
  }
  const everybody = whose === 'everybody';
  return {
    act: async () => {
      await bot.gateway.snooze(connection.id, { actionId: ask.actionId, by: user.id, until, everybody });
      await ask.answer(putOff(connection.name, until, everybody));
    },
  };
}
