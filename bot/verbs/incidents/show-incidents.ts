import { incidentFigures, isMonth, monthIn, thisMonth } from '../../../domain/incidents/incident-month.ts';
import { whoHasTakenUp } from '../../../domain/incidents/incident-story.ts';
import { RefusedError } from '../../asking/refused.ts';
import type { Ask } from '../../asking/ask.ts';
import type { BotDeps } from '../../deps.ts';
import { incidents } from '../../messages/incidents/incidents.ts';
import { onPage, readPage } from '../../page.ts';
import { mustUse } from '../../asking/refusals.ts';

const size = 30;

/** The incidents of a month, of all connections, and how long they took. Without a month it is this one. */
export async function showIncidents(bot: BotDeps, ask: Ask, argument: string): Promise<void> {
  const { facts, store, office, now } = bot;
  mustUse(office, ask.user(), 'see the incidents of the office');
  const { rest, page } = readPage(argument);
  const month = rest || thisMonth(office.timeZone, now());
  if (!isMonth(month))
    throw new RefusedError('Name a month like 2026-10, or none for this month: /syncuser incidents 2026-10');
  const { from, until } = monthIn(office.timeZone, month);
  const found = (await store.incidents.openedSince(from)).filter(({ openedAt }) => openedAt < until);
  const states = new Map((await store.connections.all()).map((state) => [state.id, state]));
  const { shown, more } = onPage(found.toReversed(), { page, size });
  await ask.answer(
    incidents({
      ...{ month, page, more },
      figures: incidentFigures(found),
      list: shown.map(({ connectionId, endedAt, endedBy, story, ...incident }) => {
        const state = states.get(connectionId);
        const onIt = whoHasTakenUp(story);
        return {
          ...incident,
          connectionName: state?.name ?? connectionId,
          systemName: facts.systemName(state?.system ?? ''),
          ended: endedAt === null ? null : { at: endedAt, by: endedBy && facts.userName(endedBy) },
          onIt: onIt && facts.userName(onIt),
        };
      }),
    }),
  );
}
