import type { HandoverNews } from '../domain/announcements/succession.ts';
import type { Moment } from '../domain/master-data.ts';
import { findUser, superusers } from '../domain/office.ts';
import type { ActivityDeps } from './deps.ts';
import { connectionWithNames, nameOf } from './names.ts';

export function createHandoverTellingActivities(deps: ActivityDeps) {
  const { store, speaker, office, now } = deps;
  return {
    /** Tells the synchronisation user, his successor and the superusers what becomes of a planned handover. */
    async tellHandover(told: {
      connectionId: string;
      from: string;
      to: string;
      by: string;
      at: Moment;
      news: { kind: 'planned' } | { kind: 'reminder'; days: number } | { kind: 'cancelled'; by: string };
    }): Promise<void> {
      const { connectionId, from, to, by, at, news } = told;
      const { connectionName, systemName } = await connectionWithNames(deps, connectionId);
      const key = `handover/${connectionId}/${at}/${to}/${news.kind === 'reminder' ? news.days : news.kind}`;
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
        news: news.kind === 'cancelled' ? { kind: 'cancelled', by: nameOf(deps, news.by) } : news,
      };
      const people = new Set([from, to, ...superusers(office).map(({ id }) => id)]);
      for (const id of people) {
        const person = findUser(office, id);
        if (!person) continue;
        await speaker.say({
          key: `${key}/${id}`,
          to: { slackUser: person.slackUserId },
          announcement: { ...facts, connectAs: id === to ? to : null },
        });
      }
    },
  };
}
