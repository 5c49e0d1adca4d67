import { noteWhoMetIt } from '../affected.ts';
import type { Ask } from '../asking/ask.ts';
import { chooseConnection } from '../choose-connection.ts';
import type { BotDeps } from '../deps.ts';
import { findNamed } from '../find-named.ts';
import { companyStatus } from '../messages/connections/company-status.ts';
import { notUnderstood } from '../messages/offices/help.ts';
import type { Typed } from '../subcommands.ts';
import { showStatus } from './connections/show-status.ts';

/** `/syncuser status` and a name: that of a connection, or a company. */
export async function showNamedStatus(bot: BotDeps, ask: Ask, argument: string): Promise<void> {
  if (argument === '') return showStatus(bot, ask, 'all');
  if (await showNamed(bot, ask, argument, { retype: (name) => `status ${name}`, beginnings: true })) return;
  chooseConnection(await bot.facts.connections(), argument);
}

/** A name alone; a word that is none, nor the beginning of one, gets help. */
export async function showWhatIsCalled(
  bot: BotDeps,
  ask: Ask,
  text: string,
  typed: Extract<Typed, { kind: 'unknown' }>,
): Promise<void> {
  const how = { retype: (name: string) => name, beginnings: typed.nearest === null };
  if (!(await showNamed(bot, ask, text, how))) await ask.answer(notUnderstood(typed));
}

/** How a connection is doing, or whether documents of a company may be booked now. Everybody of the office may ask. */
async function showNamed(
  bot: BotDeps,
  ask: Ask,
  name: string,
  how: { retype: (name: string) => string; beginnings: boolean },
): Promise<boolean> {
  if ((await bot.facts.connections()).length === 0) return false;
  const found = await findNamed(bot, name, { ...how, unlinked: true });
  if (!found) return false;
  const { connection, company } = found;
  if (!company) {
    await showStatus(bot, ask, [connection]);
    return true;
  }
  const user = ask.user();
  const about = await bot.facts.aboutCompany(connection, company);
  await noteWhoMetIt(bot, user, [connection]);
  await ask.answer(companyStatus(about, user));
  return true;
}
