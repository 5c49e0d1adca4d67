import { RefusedError } from '../../gateway/errors.ts';
import type { Ask } from '../ask.ts';
import type { BotDeps } from '../deps.ts';
import { slashCommand } from '../ids.ts';
import { unlinked } from '../messages/done.ts';
import { listed } from '../messages/words.ts';
import { mustManage } from '../refusals.ts';

/** Stops keeping one company up to date, by its code or name; what is stored of it stays. */
export async function unlink(bot: BotDeps, ask: Ask, typed: string): Promise<void> {
  const user = ask.user();
  mustManage(bot.office, user, 'unlink a company');
  const wanted = typed.trim().toLowerCase();
  const isMeant = (words: readonly string[]) => words.some((word) => word.toLowerCase() === wanted);
  const connections = await bot.facts.connections();
  const found = [];
  for (const connection of connections)
    for (const company of await bot.store.companies.linked(connection.id))
      if (isMeant([company.code, company.name, `${company.code} ${company.name}`]))
        found.push({ connection, company });
  const [only, ...others] = found;
  if (!only)
    throw new RefusedError(
      wanted === ''
        ? `Which company? Type its code or name: \`${slashCommand} unlink 101\``
        : `No linked company is called “${typed.trim()}”.`,
    );
  if (others.length > 0)
    throw new RefusedError(
      `More than one linked company is called “${typed.trim()}”: ${listed(
        found.map(({ connection, company }) => `${company.code} ${company.name} (${connection.name})`),
      )}. Type its code and name.`,
    );
  const { connection, company } = only;
  await bot.gateway.unlinkCompanies(connection.id, {
    actionId: ask.actionId,
    by: user.id,
    companies: [company.externalId],
  });
  await ask.answer(unlinked(connection.name, `${company.code} ${company.name}`));
}
