import type { LeavingNews, OnlyResponder } from '../../domain/announcements/succession.ts';
import type { ConnectionState } from '../../domain/connection.ts';
import { leaving, type Part } from '../../domain/succession/leaving.ts';
import { findUser, isActive, onlyResponder, superusers } from '../../domain/offices/office.ts';
import type { Notice } from '../../store/incidents/notices.ts';
import type { ActivityDeps } from '../deps.ts';
import { nameOf } from '../names.ts';

/** Who came back within a day is the same story and the same message. */
const sameWithinMs = 24 * 3_600_000;

type Topic = 'leaving' | 'only-responder';

/**
 * Sees whether the people a connection leans on are there: somebody who left the office, or one person alone who could
 * mend it, is told to the office channel once, with the next step; and edited when it is over.
 */
export function createKeyPeopleTelling(deps: ActivityDeps) {
  const { store, speaker, office, systems, now } = deps;

  return async function checkKeyPeople(state: ConnectionState): Promise<void> {
    if (state.link.state !== 'connected' && state.link.state !== 'disconnected') return;
    const gone = leaving(office, state).map(({ person, part }) => `${part}/${person.id}`);
    const alone = onlyResponder(office, state);
    await settle(state, 'leaving', gone);
    await settle(state, 'only-responder', alone === null ? [] : [alone.id]);
  };

  /** What of this topic is so is begun, and what is so no more is ended. */
  async function settle(state: ConnectionState, topic: Topic, about: string[]): Promise<void> {
    const prefix = `${topic}/${state.id}/`;
    const at = now().toISOString();
    for (const one of about)
      await say(state, topic, one, await store.notices.begin(`${prefix}${one}`, at, sameWithinMs), false);
    for (const notice of await store.notices.open()) {
      const one = notice.subject.slice(prefix.length);
      if (!notice.subject.startsWith(prefix) || about.includes(one)) continue;
      // It is open until it was said that it is over: while Slack is down the next look says it.
      await say(state, topic, one, notice, true);
      await store.notices.end(notice.subject, at);
    }
  }

  async function say(
    state: ConnectionState,
    topic: Topic,
    about: string,
    { number }: Notice,
    isOver: boolean,
  ): Promise<void> {
    await speaker.say({
      key: `notice/${number}`,
      to: { channel: office.channelId },
      ...(isOver && { onlyIfSaid: true }),
      announcement:
        topic === 'leaving' ? leavingNews(state, about, isOver) : onlyResponderNews(state, about, isOver),
    });
  }

  function leavingNews(state: ConnectionState, about: string, isOver: boolean): LeavingNews {
    const [part = '', ...id] = about.split('/');
    const personId = id.join('/');
    const person = findUser(office, personId);
    return {
      what: 'leaving',
      ...named(state),
      person: nameOf(deps, personId),
      part: part as Part,
      login: state.login?.accountingUserName ?? '',
      works: state.link.state === 'connected',
      synchronisationUser: nameOf(deps, state.synchronisationUserId),
      handover: state.handover && { to: nameOf(deps, state.handover.to), at: state.handover.at },
      superusers: superusers(office).map(({ name }) => name),
      over: isOver ? (person && isActive(person) ? 'stays' : 'replaced') : null,
    };
  }

  function onlyResponderNews(state: ConnectionState, personId: string, isOver: boolean): OnlyResponder {
    return { what: 'only-responder', ...named(state), person: nameOf(deps, personId), isOver };
  }

  function named({ id, name, system }: ConnectionState) {
    return { connectionId: id, connectionName: name, systemName: systems.get(system).name };
  }
}
