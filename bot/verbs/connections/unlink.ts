import { RefusedError } from '../../asking/refused.ts';
import type { Ask } from '../../asking/ask.ts';
import type { BotDeps } from '../../deps.ts';
import { findNamed } from '../../find-named.ts';
import { slashCommand } from '../../ids.ts';
import { unlinked } from '../../messages/done.ts';
import { mustManage } from '../../asking/refusals.ts';

/** Stops keeping one company up to date, by its code or name; what is stored of it stays. */
export async function unlink(bot: BotDeps, ask: Ask, typed: string): Promise<void> {
  const user = ask.user();
  mustManage(bot.office, user, 'unlink a company');
  const which = `Which company? Type its code or name: \`${slashCommand} unlink 101\``;
  if (typed.trim() === '') throw new RefusedError(which);
  const found = await findNamed(bot, typed, { retype: (name) => `unlink ${name}` });
  if (!found) throw new RefusedError(`No linked company is called “${typed.trim()}”.`);
  const { connection, company } = found;
  if (!company) throw new RefusedError(`“${typed.trim()}” is a connection. ${which}`);
  await bot.gateway.unlinkCompanies(connection.id, {
    actionId: ask.actionId,
    by: user.id,
    companies: [company.externalId],
  });
  await ask.answer(unlinked(connection.name, `${company.code} ${company.name}`));
}
