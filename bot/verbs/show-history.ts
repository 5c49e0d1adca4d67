import type { ConnectionState } from '../../domain/connection.ts';
import { historySentence } from '../../domain/history.ts';
import type { Ask } from '../ask.ts';
import type { BotDeps } from '../deps.ts';
import { history } from '../messages/history.ts';
import { mustUse } from '../refusals.ts';

const shown = 20;

/** Who connected as whom, what was changed and who agreed, newest first. */
export async function showHistory(
  { facts, store, office }: BotDeps,
  ask: Ask,
  connection: ConnectionState,
): Promise<void> {
  mustUse(office, ask.user(), 'see the history of a connection');
  const systemName = facts.systemName(connection.system);
  const entries = await store.history.ofConnection(connection.id, { limit: shown + 1 });
  await ask.answer(
    history({
      connectionName: connection.name,
      systemName,
      entries: entries.slice(0, shown).map((entry) => ({
        at: entry.at,
        sentence: historySentence(entry, { systemName, userName: facts.userName }),
      })),
      more: entries.length > shown,
      path: `/api/connections/${connection.id}/history`,
    }),
  );
}
