import { namedNews } from '../../../domain/sync/master-data-news.ts';
import { RefusedError } from '../../asking/refused.ts';
import type { Ask } from '../../asking/ask.ts';
import type { BotDeps } from '../../deps.ts';
import { findNamed } from '../../find-named.ts';
import { masterDataNews } from '../../messages/sync/master-data-news.ts';
import { mustUse } from '../../asking/refusals.ts';
import { readSince } from './since.ts';

/** Of each subject: more where one company is asked about. */
const mostOfEach = { connection: 20, company: 1_000 };

/** What is new, closed or changed in a connection or one company of it, since when somebody says. */
export async function showChanges(bot: BotDeps, ask: Ask, argument: string): Promise<void> {
  const { office, store, now } = bot;
  mustUse(office, ask.user(), 'see what changed');
  const { name, since, typed } = readSince(argument, { now: now(), timeZone: office.timeZone });
  const found = await findNamed(bot, name, {
    retype: (named) => ['changes', named, typed].filter(Boolean).join(' '),
  });
  if (!found)
    throw new RefusedError(
      `There is no connection and no linked company called “${name}”. Behind it you can type since when: 12h, 7d, 2026-11-23 or 2026-11-23 09:30.`,
    );
  const { connection, company } = found;
  const { ofCompanies, broughtIn } = await store.masterData.news({
    connectionId: connection.id,
    ...(company && { companyId: company.externalId }),
    since,
    timeZone: office.timeZone,
    mostOfEach: mostOfEach[company ? 'company' : 'connection'],
  });
  await ask.answer(
    masterDataNews({
      name: company ? `${connection.name}: ${company.code} ${company.name}` : connection.name,
      askedSince: company ? null : typed,
      since,
      news: namedNews(ofCompanies, await store.companies.linked(connection.id)),
      broughtIn,
    }),
  );
}
