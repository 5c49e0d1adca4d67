import type { ConnectionState, DelayReason } from '../../domain/connection.ts';
import { incidentRules } from '../../domain/incidents/incident-rules.ts';
import type { Moment } from '../../domain/master-data.ts';
import type { Notice } from '../../store/incidents/notices.ts';
import type { ActivityDeps } from '../deps.ts';
import { newsSince } from '../sync/master-data-news.ts';
import { connectionWithNames } from '../names.ts';
import type { ConnectionId } from '../../domain/ids.ts';

interface DelayToTell {
  connectionId: ConnectionId;
  lasts: boolean;
  since: Moment;
}

const reasons: DelayReason[] = ['outage', 'rate-limit'];

export function createDelayActivities(deps: ActivityDeps) {
  const { store, speaker, office, now } = deps;

  /** Connections with this accounting system that wait for it, for this reason. */
  async function waiting(system: string, reason: DelayReason): Promise<ConnectionState[]> {
    return (await store.connections.all()).filter(
      (one) =>
        one.system === system &&
        one.link.state === 'connected' &&
        one.pausedBy === null &&
        one.health.state === 'delayed' &&
        one.health.reason === reason,
    );
  }

  async function say(
    { number, beganAt, endedAt }: Notice,
    about: { reason: DelayReason; systemName: string; connections: string[] },
  ): Promise<void> {
    await speaker.say({
      key: `notice/${number}`,
      to: { channel: office.channelId },
      // That it is over is nothing to whoever never heard of it.
      ...(endedAt !== null && { onlyIfSaid: true }),
      announcement: { what: 'delay', ...about, since: beganAt, endedAt },
    });
  }

  /** The newest delay of a system that lasted when one of its connections began to wait: that one waited in it. */
  async function delayAt(system: string, since: Moment): Promise<Notice | null> {
    const lasted = await Promise.all(
      reasons.map((reason) => store.notices.at(`delay/${system}/${reason}`, since)),
    );
    return (
      lasted.flatMap((notice) => notice ?? []).sort((one, other) => other.number - one.number)[0] ?? null
    );
  }

  /** In the thread of the delay it waited in: what changed meanwhile, for a round has been through since. */
  async function sayWhatChanged(notice: Notice, { id: connectionId, name }: ConnectionState): Promise<void> {
    const { number, beganAt: since } = notice;
    if (!(await store.deliveries.get(`notice/${number}`))?.saidAt) return; // nobody heard of the delay
    const found = await newsSince(deps, { connectionId, since });
    if (found.news.length === 0) return;
    await speaker.say({
      key: `notice/${number}/news/${connectionId}`,
      to: { channel: office.channelId },
      inThreadOf: `notice/${number}`,
      announcement: { what: 'delay-news', connectionName: name, ...found },
    });
  }

  return {
    /**
     * Tells the office, in one message however many connections wait, that an accounting system keeps us waiting; or
     * edits it when none of them waits any more. What changed meanwhile stands in its thread. `since`: when this
     * connection began to wait.
     */
    async tellDelay({ connectionId, lasts, since: waitsSince }: DelayToTell): Promise<void> {
      const { state, systemName } = await connectionWithNames(deps, connectionId);
      for (const reason of reasons) {
        const subject = `delay/${state.system}/${reason}`;
        const connections = await waiting(state.system, reason);
        const names = connections.map(({ name }) => name);
        const at = now().toISOString();
        if (connections.length === 0) {
          const open = await store.notices.openOf(subject);
          if (!open) continue;
          // It is open until it was said that it is over: while Slack is down the next attempt says it.
          await say({ ...open, endedAt: at }, { reason, systemName, connections: [] });
          await store.notices.end(subject, at);
        } else if (lasts && connections.some(({ id }) => id === connectionId)) {
          const since =
            connections.map(({ health }) => (health.state === 'delayed' ? health.since : at)).sort()[0] ?? at;
          const notice = await store.notices.begin(subject, since, incidentRules[reason].sameWithin);
          await say(notice, { reason, systemName, connections: names });
        }
      }
      const { link, health, pausedBy } = state;
      const caughtUp = !lasts && link.state === 'connected' && health.state === 'ok' && pausedBy === null;
      const notice = caughtUp ? await delayAt(state.system, waitsSince) : null;
      if (notice) await sayWhatChanged(notice, state);
    },
  };
}
