import type { ViewOutput } from '@slack/bolt';
import { z } from 'zod';
import type { Ask } from '../../asking/ask.ts';
import { groupOf, doneForEach, namesOf } from '../../incident-group.ts';
import { connectionOf, type BotDeps } from '../../deps.ts';
import { inputIds } from '../../ids.ts';
import { nothingToReconnect, putOff } from '../../messages/done.ts';
import { carried } from '../../modals/carried.ts';
import { mustMend } from '../../asking/refusals.ts';
import type { Judged } from './set-up.ts';
import { chosen } from './values.ts';

/** Reminders that are snoozed. The moment was worked out when the modal was opened. */
export async function snoozeSubmitted(bot: BotDeps, ask: Ask, view: ViewOutput): Promise<Judged> {
  const user = ask.user();
  const { connectionId, all } = carried(view.private_metadata);
  const connection = await connectionOf(bot, connectionId ?? '');
  mustMend(bot.office, user, connection, 'snooze the reminders of');
  const { data: until } = z.iso.datetime().safeParse(chosen(view, inputIds.until));
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
      const broken = all ? await groupOf(bot, connection, user) : [connection];
      const asked = { actionId: ask.actionId, by: user.id, until, everybody };
      if (broken.length === 0) return ask.answer(nothingToReconnect(connection.name));
      const done = await doneForEach(broken, ({ id }) => bot.gateway.snooze(id, asked));
      await ask.answer(putOff(namesOf(done), until, everybody));
    },
  };
}
