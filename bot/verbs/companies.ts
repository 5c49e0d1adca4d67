import type { ConnectionState } from '../../domain/connection.ts';
import { RefusedError } from '../../gateway/errors.ts';
import type { Ask } from '../ask.ts';
import type { BotDeps } from '../deps.ts';
import { companiesChosen, nothingToAdd } from '../messages/done.ts';
import { carry } from '../modals/carried.ts';
import { companiesModal } from '../modals/companies.ts';
import { mustManage, mustMend } from '../refusals.ts';

/** The "Start with all" button of a set-up. */
export async function startWithAll(bot: BotDeps, ask: Ask, connection: ConnectionState): Promise<void> {
  const user = mustChoose(bot, ask, connection);
  await bot.gateway.chooseCompanies(connection.id, { actionId: ask.actionId, by: user.id, companies: 'all' });
  await ask.answer(companiesChosen(connection.name, 'all'));
}

/** The Add button below the news that companies appeared. */
export async function addCompanies(
  bot: BotDeps,
  ask: Ask,
  connection: ConnectionState,
  chosen: string[],
): Promise<void> {
  const user = mustChoose(bot, ask, connection);
  const { candidates } = await candidatesOf(bot, connection);
  const open = candidates.filter(({ externalId }) => chosen.includes(externalId));
  if (open.length === 0)
    throw new RefusedError('These companies are linked already, or cannot be reached now.');
  await bot.gateway.chooseCompanies(connection.id, {
    actionId: ask.actionId,
    by: user.id,
    companies: open.map(({ externalId }) => externalId),
  });
  await ask.answer(companiesChosen(connection.name, open.length));
}

/** Opens the list of companies: which to leave out of a set-up, or which to add later. */
export async function companies(bot: BotDeps, ask: Ask, connection: ConnectionState): Promise<void> {
  mustChoose(bot, ask, connection);
  const { candidates, linked, notReachable } = await candidatesOf(bot, connection);
  const settingUp = connection.link.state === 'connecting';
  if (candidates.length === 0 && settingUp)
    throw new RefusedError(
      `Nobody has logged in for ${connection.name} yet, so its companies are not known.`,
    );
  if (candidates.length === 0) return ask.answer(nothingToAdd(connection.name, linked, notReachable));
  await ask.open(
    companiesModal({
      connectionName: connection.name,
      mode: settingUp ? 'leave-out' : 'add',
      companies: candidates,
      linked,
      metadata: carry(ask.replyTo, connection.id),
    }),
  );
}

/** Companies that can be linked and are not, with what else there is to say about the list. */
export async function candidatesOf({ store }: BotDeps, connection: ConnectionState) {
  const all = await store.companies.all(connection.id);
  const open = all.filter((company) => !company.linked);
  const candidates = open.filter(({ status }) => status === 'reachable');
  return { candidates, linked: all.length - open.length, notReachable: open.length - candidates.length };
}

/** While it is set up, the person whose login it is may choose; later it is up to the superusers. */
export function mustChoose({ office }: BotDeps, ask: Ask, connection: ConnectionState) {
  const user = ask.user();
  if (connection.link.state === 'connecting') mustMend(office, user, connection, 'choose the companies of');
  else mustManage(office, user, `choose the companies of ${connection.name}`);
  return user;
}
