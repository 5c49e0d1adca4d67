import type { ConnectionState } from '../../../domain/connection.ts';
import { historySentence } from '../../../words/connections/history.ts';
import type { Ask } from '../../asking/ask.ts';
import type { BotDeps } from '../../deps.ts';
import { history } from '../../messages/offices/history.ts';
import { onPage } from '../../page.ts';
import { mustUse } from '../../asking/refusals.ts';

const size = 20;

/** Who connected as whom, what was changed and who agreed, newest first; twenty to a page. */
export async function showHistory(
  { facts, store, office }: BotDeps,
  ask: Ask,
  connection: ConnectionState,
  page: number,
): Promise<void> {
  mustUse(office, ask.user(), 'see the history of a connection');
  const systemName = facts.systemName(connection.system);
  const newest = await store.history.ofConnection(connection.id, { limit: page * size + 1 });
  const { shown, more } = onPage(newest, { page, size });
  await ask.answer(
    history({
      connectionName: connection.name,
      systemName,
      entries: shown.map((entry) => ({
        at: entry.at,
        sentence: historySentence(entry, { systemName, userName: facts.userName }),
      })),
      page,
      more,
    }),
  );
}
