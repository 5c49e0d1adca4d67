import type { ConnectionState } from '../../../domain/connection.ts';
import { RefusedError } from '../../asking/refused.ts';
import type { Ask } from '../../asking/ask.ts';
import type { BotDeps } from '../../deps.ts';
import { companiesChosen } from '../../messages/done.ts';
import { carry } from '../../modals/carried.ts';
import { companiesModal } from '../../modals/companies.ts';
import { mustManage, mustMend } from '../../asking/refusals.ts';

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
  const { companies: all } = await companiesOf(bot, connection);
  const open = all.filter(({ externalId, linked }) => !linked && chosen.includes(externalId));
  if (open.length === 0)
    throw new RefusedError('These companies are linked already, or cannot be reached now.');
  await bot.gateway.chooseCompanies(connection.id, {
    actionId: ask.actionId,
    by: user.id,
    companies: open.map(({ externalId }) => externalId),
  });
  await ask.answer(companiesChosen(connection.name, open.length));
}

/** Opens the list of companies, with a tick at those that are brought in. */
export async function companies(bot: BotDeps, ask: Ask, connection: ConnectionState): Promise<void> {
  mustChoose(bot, ask, connection);
  const { companies: all, notReachable } = await companiesOf(bot, connection);
  const isSetUp = connection.link.state === 'connecting';
  if (all.length === 0)
    throw new RefusedError(
      isSetUp
        ? `Nobody has logged in for ${connection.name} yet, so its companies are not known.`
        : `${connection.name} has no company that can be reached now.`,
    );
  await ask.open(
    companiesModal({
      connectionName: connection.name,
      isSetUp,
      companies: all,
      notReachable,
      metadata: carry(ask.replyTo, connection.id),
    }),
  );
}

/** The companies that are linked or can be, and how many there are besides. */
export async function companiesOf({ store }: BotDeps, connection: ConnectionState) {
  const all = await store.companies.all(connection.id);
  const companies = all.filter(({ linked, status }) => linked || status === 'reachable');
  return { companies, notReachable: all.length - companies.length };
}

/** While it is set up, the person whose login it is may choose; later it is up to the superusers. */
export function mustChoose({ office }: BotDeps, ask: Ask, connection: ConnectionState) {
  const user = ask.user();
  if (connection.link.state === 'connecting') mustMend(office, user, connection, 'choose the companies of');
  else mustManage(office, user, `choose the companies of ${connection.name}`);
  return user;
}
