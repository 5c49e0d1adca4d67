import type { HandoverNews } from '../domain/announcements/succession.ts';
import type { Moment } from '../domain/master-data.ts';
import { superusers } from '../domain/office.ts';
import type { ActivityDeps } from './deps.ts';
import { connectionWithNames, nameOf, slackUserOf } from './names.ts';

interface Told {
  connectionId: string;
  from: string;
  to: string;
  by: string;
  at: Moment;
  news:
    | { kind: 'planned'; actionId: string }
    | { kind: 'reminder'; days: number }
    | { kind: 'cancelled'; actionId: string; by: string };
}

export function createHandoverTellingActivities(deps: ActivityDeps) {
  const { store, speaker, office, now } = deps;
  const inNames = (news: Told['news']): HandoverNews['news'] => {
    switch (news.kind) {
      case 'planned':
        return { kind: 'planned' };
      case 'reminder':
        return news;
      case 'cancelled':
        return { kind: 'cancelled', by: nameOf(deps, news.by) };
    }
  };
  return {
    /** Tells the synchronisation user, his successor and the superusers what becomes of a planned handover. */
    async tellHandover(told: Told): Promise<void> {
      const { connectionId, from, to, by, at, news } = told;
      const { connectionName, systemName } = await connectionWithNames(deps, connectionId);
      // What is planned again for the same day is said again, so it is known by what caused it.
      const key = `handover/${connectionId}/${news.kind === 'reminder' ? `${at}/${to}/${news.days}` : news.actionId}`;
      // Where the workflow did not keep it itself yet; the same entry stands once.
      if (news.kind !== 'reminder')
        await store.history.append({
          id: key,
          at: now().toISOString(),
          connectionId,
          officeUserId: news.kind === 'cancelled' ? news.by : by,
          what: `handover-${news.kind}`,
          data: { from, to, on: at.slice(0, 10) },
        });
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
      const people = new Set([from, to, ...superusers(office).map(({ id }) => id)]);
      for (const id of people) {
        const slackUser = slackUserOf(deps, id);
        if (slackUser === null) continue;
        await speaker.say({
          key: `${key}/${id}`,
          to: { slackUser },
          announcement: { ...facts, connectAs: id === to ? to : null },
        });
      }
    },
  };
}
