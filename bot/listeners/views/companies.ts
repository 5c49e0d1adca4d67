import type { ViewOutput } from '@slack/bolt';
import type { Ask } from '../../asking/ask.ts';
import { connectionOf, type BotDeps } from '../../deps.ts';
import { inputIds } from '../../ids.ts';
import { companiesChanged, companiesChosen } from '../../messages/done.ts';
import { carried } from '../../modals/carried.ts';
import { companiesOf, mustChoose } from '../../verbs/connections/companies.ts';
import type { Judged } from './set-up.ts';
import { boxesIn } from './values.ts';

/** A submitted choice of companies: ticked are those that are brought in. What was not shown stays as it is. */
export async function companiesSubmitted(bot: BotDeps, ask: Ask, view: ViewOutput): Promise<Judged> {
  const connection = await connectionOf(bot, carried(view.private_metadata).connectionId ?? '');
  const { id: by } = mustChoose(bot, ask, connection);
  const { companies } = await companiesOf(bot, connection);
  const { shown, ticked } = boxesIn(view, inputIds.companies);
  const isSetUp = connection.link.state === 'connecting';
  const chosen = companies.filter(({ externalId, linked }) =>
    shown.includes(externalId) ? ticked.includes(externalId) : isSetUp || linked,
  );
  if (chosen.length === 0)
    return { errors: { [`${inputIds.companies}-1`]: 'Leave a tick at one company at least.' } };
  const { actionId } = ask;
  const idsOf = (some: typeof chosen) => some.map(({ externalId }) => externalId);
  if (isSetUp) {
    const all = chosen.length === companies.length;
    const choice = { actionId, by, companies: all ? ('all' as const) : idsOf(chosen) };
    return {
      act: async () => {
        await bot.gateway.chooseCompanies(connection.id, choice);
        await ask.answer(companiesChosen(connection.name, all ? 'all' : chosen.length));
      },
    };
  }
  const added = chosen.filter(({ linked }) => !linked);
  const removed = companies.filter((company) => company.linked && !chosen.includes(company));
  return {
    act: async () => {
      if (added.length > 0)
        await bot.gateway.chooseCompanies(connection.id, { actionId, by, companies: idsOf(added) });
      if (removed.length > 0)
        await bot.gateway.unlinkCompanies(connection.id, {
          actionId: `${actionId}/unlink`,
          by,
          companies: idsOf(removed),
        });
      await ask.answer(companiesChanged(connection.name, { added: added.length, removed }));
    },
  };
}
