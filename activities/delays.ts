import type { ConnectionState, DelayReason } from '../domain/connection.ts';
import { incidentRules } from '../domain/incident-rules.ts';
import type { Notice } from '../store/notices.ts';
import type { ActivityDeps } from './deps.ts';
import { newsSince } from './master-data-news.ts';
import { connectionWithNames } from './names.ts';

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
      announcement: { what: 'delay', ...about, since: beganAt, endedAt },
    });
  }

  /** In the thread of the newest delay: what changed meanwhile, for a round has been through since. */
  async function sayWhatChanged(system: string, { id: connectionId, name }: ConnectionState): Promise<void> {
    const told = await Promise.all(reasons.map((reason) => store.notices.last(`delay/${system}/${reason}`)));
    const [newest] = told
      .filter((notice) => notice !== null)
      .toSorted((one, other) => other.number - one.number);
    if (!newest) return;
    const { number, beganAt: since } = newest;
    const news = await newsSince(deps, { connectionId, since });
    if (news.length === 0) return;
    await speaker.say({
      key: `notice/${number}/news/${connectionId}`,
      to: { channel: office.channelId },
      inThreadOf: `notice/${number}`,
      announcement: { what: 'delay-news', connectionName: name, since, news },
    });
  }

  return {
    /**
     * Tells the office, in one message however many connections wait, that an accounting system keeps us waiting; or
     * edits it when none of them waits any more. What changed meanwhile stands in its thread.
     */
    async tellDelay({ connectionId, lasts }: { connectionId: string; lasts: boolean }): Promise<void> {
      const { state, systemName } = await connectionWithNames(deps, connectionId);
      for (const reason of reasons) {
        const subject = `delay/${state.system}/${reason}`;
        const connections = await waiting(state.system, reason);
        const names = connections.map(({ name }) => name);
        const at = now().toISOString();
        if (connections.length === 0) {
          await store.notices.end(subject, at);
          const ended = await store.notices.last(subject);
          // Said again by whoever is well again after it; the same words are said once.
          if (ended) await say(ended, { reason, systemName, connections: [] });
        } else if (lasts && connections.some(({ id }) => id === connectionId)) {
          const since =
            connections.map(({ health }) => (health.state === 'delayed' ? health.since : at)).sort()[0] ?? at;
          const notice = await store.notices.begin(subject, since, incidentRules[reason].sameWithin);
          await say(notice, { reason, systemName, connections: names });
        }
      }
      const caughtUp = !lasts && state.link.state === 'connected' && state.health.state === 'ok';
      if (caughtUp) await sayWhatChanged(state.system, state);
    },
  };
}
