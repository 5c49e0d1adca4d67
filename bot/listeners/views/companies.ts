import type { ViewOutput } from '@slack/bolt';
import type { Ask } from '../../ask.ts';
import { connectionOf, type BotDeps } from '../../deps.ts';
import { inputIds } from '../../ids.ts';
import { companiesChosen } from '../../messages/done.ts';
import { carried } from '../../modals/carried.ts';
import { candidatesOf, mustChoose } from '../../verbs/companies.ts';
import type { Judged } from './set-up.ts';
import { ticked } from './values.ts';

/** A submitted choice of companies: all but those left out of a set-up, or those to add later. */
export async function companiesSubmitted(bot: BotDeps, ask: Ask, view: ViewOutput): Promise<Judged> {
  const connection = await connectionOf(bot, carried(view.private_metadata).connectionId ?? '');
  const user = mustChoose(bot, ask, connection);
  const added = ticked(view, inputIds.add);
  const leftOut = ticked(view, inputIds.leaveOut);
  const isAdding = view.blocks.some(({ block_id: id }) => id?.startsWith(`${inputIds.add}-`));
  const choice = isAdding ? added : await allBut(bot, connection, leftOut);
  if (choice.length === 0) {
    return isAdding
      ? { errors: { [`${inputIds.add}-1`]: 'Tick at least one company, or cancel.' } }
      : { errors: { [`${inputIds.leaveOut}-1`]: 'Leave at least one company in.' } };
  }
  const all = !isAdding && leftOut.length === 0;
  return {
    act: async () => {
      await bot.gateway.chooseCompanies(connection.id, {
        actionId: ask.actionId,
        by: user.id,
        companies: all ? 'all' : choice,
      });
      await ask.answer(companiesChosen(connection.name, all ? 'all' : choice.length));
    },
  };
}

async function allBut(
  bot: BotDeps,
  connection: Parameters<typeof candidatesOf>[1],
  leftOut: readonly string[],
): Promise<string[]> {
  const { candidates } = await candidatesOf(bot, connection);
  return candidates.map(({ externalId }) => externalId).filter((id) => !leftOut.includes(id));
}
