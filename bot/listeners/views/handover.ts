import type { ViewOutput } from '@slack/bolt';
import { z } from 'zod';
import { objectionToDay } from '../../../domain/succession/handover.ts';
import { whyNot } from '../../../words/objections.ts';
import { localMoment } from '../../../domain/offices/working-hours.ts';
import type { Ask } from '../../asking/ask.ts';
import { connectionOf, type BotDeps } from '../../deps.ts';
import { inputIds } from '../../ids.ts';
import { handoverPlanned } from '../../messages/done.ts';
import { carried } from '../../modals/carried.ts';
import { mustManage } from '../../asking/refusals.ts';
import type { Judged } from './set-up.ts';
import { chosen, pickedDay } from './values.ts';

/** Before the working day begins. */
const startOfDay = '08:00';

/** A submitted plan of a handover. */
export async function handoverSubmitted(bot: BotDeps, ask: Ask, view: ViewOutput): Promise<Judged> {
  const user = ask.user();
  mustManage(bot.office, user, 'plan a handover');
  const connection = await connectionOf(bot, carried(view.private_metadata).connectionId ?? '');
  const day = z.iso.date().safeParse(pickedDay(view, inputIds.date));
  const person = bot.office.users.find(({ id }) => id === chosen(view, inputIds.person));
  if (!day.success || !person)
    return {
      errors: {
        ...(day.success ? {} : { [inputIds.date]: 'Choose the day.' }),
        ...(person ? {} : { [inputIds.person]: 'Choose who takes over.' }),
      },
    };
  const moment = localMoment(bot.office.timeZone, day.data, startOfDay);
  const at = new Date(moment).toISOString();
  const objection = objectionToDay(at, bot.now().getTime());
  if (objection !== null) return { errors: { [inputIds.date]: whyNot(objection) } };
  return {
    act: async () => {
      await bot.gateway.planHandover(connection.id, {
        actionId: ask.actionId,
        by: user.id,
        to: person.id,
        at,
      });
      await ask.answer(handoverPlanned({ id: connection.id, name: connection.name, to: person.name, at }));
    },
  };
}
