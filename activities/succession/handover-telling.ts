import type { HandoverNews } from '../../domain/announcements/succession.ts';
import type { Moment } from '../../domain/master-data.ts';
import { superusers } from '../../domain/offices/office.ts';
import type { ActivityDeps } from '../deps.ts';
import { connectionWithNames, nameOf, slackUserOf } from '../names.ts';
import type { ConnectionId, PersonId } from '../../domain/ids.ts';

interface Told {
  connectionId: ConnectionId;
  from: PersonId;
  to: PersonId;
  at: Moment;
  news:
    | { kind: 'planned'; actionId: string }
    | { kind: 'reminder'; days: number }
    | { kind: 'cancelled'; actionId: string; by: PersonId }
    /** Somebody else became the synchronisation user before. */
    | { kind: 'overtaken'; actionId: string; by: PersonId };
}

export function createHandoverTellingActivities(deps: ActivityDeps) {
  const { store, speaker, office } = deps;
  const inNames = (news: Told['news']): HandoverNews['news'] => {
    switch (news.kind) {
      case 'planned':
        return { kind: 'planned' };
      case 'reminder':
        return news;
      case 'cancelled':
      case 'overtaken':
        return { kind: news.kind, by: nameOf(deps, news.by) };
    }
  };
  return {
    /** Tells the synchronisation user, their successor and the superusers what becomes of a planned handover. */
    async tellHandover(told: Told): Promise<void> {
      const { connectionId, from, to, at, news } = told;
      const { connectionName, systemName } = await connectionWithNames(deps, connectionId);
      // What is planned again for the same day is said again, so it is known by what caused it.
      const key = `handover/${connectionId}/${news.kind === 'reminder' ? `${at}/${to}/${news.days}` : news.actionId}`;
      const link = await store.userLinks.find(connectionId, to);
      const facts: HandoverNews = {
        what: 'handover-news',
        connectionId,
        connectionName,
        systemName,
        from: nameOf(deps, from),
        to: nameOf(deps, to),
        at,
        successor: link?.state === 'connected' ? 'connected' : 'not-connected',
        connectAs: null,
        news: inNames(news),
      };
      const successor = news.kind === 'overtaken' ? [news.by] : [];
      const people = new Set([from, to, ...successor, ...superusers(office).map(({ id }) => id)]);
      await Promise.all(
        [...people].map(async (id) => {
          const slackUser = slackUserOf(deps, id);
          if (slackUser === null) return;
          await speaker.say({
            key: `${key}/${id}`,
            to: { slackUser },
            announcement: { ...facts, connectAs: id === to ? to : null },
          });
        }),
      );
    },
  };
}
