import type { ViewOutput } from '@slack/bolt';
import type { Ask } from '../../asking/ask.ts';
import { formerFates } from '../../../domain/connection.ts';
import { connectionOf, type BotDeps } from '../../deps.ts';
import { inputIds } from '../../ids.ts';
import { changeAsked } from '../../messages/done.ts';
import { carried } from '../../modals/carried.ts';
import { mustManage } from '../../asking/refusals.ts';
import type { Judged } from './set-up.ts';
import { chosen } from './values.ts';

/** A submitted change of synchronisation user. */
export async function changeSubmitted(bot: BotDeps, ask: Ask, view: ViewOutput): Promise<Judged> {
  const user = ask.user();
  mustManage(bot.office, user, 'change the synchronisation user');
  const connectionId = carried(view.private_metadata).connectionId ?? chosen(view, inputIds.connection);
  const person = bot.office.users.find(({ id }) => id === chosen(view, inputIds.person));
  const fate = formerFates.find((one) => one === chosen(view, inputIds.formerFate));
  if (!connectionId || !person || !fate) {
    return {
      errors: {
        ...(connectionId ? {} : { [inputIds.connection]: 'Choose a connection.' }),
        ...(person ? {} : { [inputIds.person]: 'Choose the new synchronisation user.' }),
        ...(fate ? {} : { [inputIds.formerFate]: 'Choose what becomes of the former login.' }),
      },
    };
  }
  const connection = await connectionOf(bot, connectionId);
  const links = await bot.store.userLinks.ofConnection(connection.id);
  const own = links.find(({ officeUserId, state }) => officeUserId === person.id && state === 'connected');
  return {
    act: async () => {
      const asked = { actionId: ask.actionId, by: user.id, to: person.id, fate };
      await bot.gateway.changeSynchronisationUser(connection.id, asked);
      await ask.answer(changeAsked(connection.name, person.name, own?.login?.accountingUserName ?? null));
    },
  };
}
