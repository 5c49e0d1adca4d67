import type { PersonalLinkNews } from '../../domain/announcements/logins.ts';
import { findUser, isActive, isAutomation, superusers } from '../../domain/offices/office.ts';
import type { UserLink } from '../../store/logins/user-links.ts';
import type { ActivityDeps } from '../deps.ts';
import { createKeyPeopleTelling } from '../offices/key-people.ts';
import { connectionWithNames, nameOf, slackUserOf } from '../names.ts';
import type { ConnectionId, PersonId } from '../../domain/ids.ts';

/** What is said about the logins of single persons. The login a connection works with has its incidents. */
export function createPersonalLinkActivities(deps: ActivityDeps) {
  const { store, speaker, office } = deps;
  const checkKeyPeople = createKeyPeopleTelling(deps);

  /** Who is told: the person, or the superusers when it is an automation, which reads nothing. */
  function listeners(personId: string): { slackUser: string; of: string | null }[] {
    const person = findUser(office, personId);
    if (!person || !isActive(person)) return [];
    if (!isAutomation(person)) return [{ slackUser: person.slackUserId, of: null }];
    return superusers(office).map(({ slackUserId }) => ({ slackUser: slackUserId, of: person.name }));
  }

  async function say(link: UserLink, key: string, news: PersonalLinkNews['news']): Promise<void> {
    const { connectionId, connectionName, systemName } = await connectionWithNames(deps, link.connectionId);
    const login = link.login?.accountingUserName ?? systemName;
    await Promise.all(
      listeners(link.officeUserId).map(async ({ slackUser, of }) => {
        await speaker.say({
          key: `${key}/${slackUser}`,
          to: { slackUser },
          announcement: {
            what: 'personal-link-news',
            connectionId,
            connectionName,
            systemName,
            personId: link.officeUserId,
            of,
            login,
            news,
          },
        });
      }),
    );
  }

  return {
    /** Warns each person once whose own link broke, and closes the warning when it is mended or given up. */
    async tellPersonalLinks({ connectionId }: { connectionId: ConnectionId }): Promise<void> {
      const { state } = await connectionWithNames(deps, connectionId);
      for (const link of await store.userLinks.ofConnection(connectionId)) {
        const warning = await store.userLinks.warningOf(link.id);
        const { cause } = link.officeUserId === state.synchronisationUserId ? { cause: null } : link;
        if (cause !== null && warning === null) {
          const key = `personal-link/${link.id}/${link.since}`;
          await say(link, key, { kind: 'broken', cause });
          await store.userLinks.noteWarning(link.id, key);
        } else if (cause === null && warning !== null) {
          await say(link, warning, { kind: link.state === 'connected' ? 'mended' : 'ended' });
          await store.userLinks.noteWarning(link.id, null);
        }
      }
    },

    /** Tells who stands in from now on that they do, and asks them to log in when their own login is not known yet. */
    async tellStandIn(told: {
      connectionId: ConnectionId;
      actionId: string;
      by: PersonId;
      /** Null: nobody stands in any more. */
      person: PersonId | null;
    }): Promise<void> {
      const { connectionId, actionId, by, person } = told;
      const { state, connectionName, systemName } = await connectionWithNames(deps, connectionId);
      await checkKeyPeople({ ...state, standInId: person });
      const slackUser = person === null ? null : slackUserOf(deps, person);
      if (person === null || slackUser === null) return;
      const link = await store.userLinks.find(connectionId, person);
      await speaker.say({
        key: `stand-in/${connectionId}/${actionId}`,
        to: { slackUser },
        announcement: {
          what: 'stand-in-news',
          connectionId,
          connectionName,
          systemName,
          personId: person,
          askedBy: nameOf(deps, by),
          synchronisationUser: nameOf(deps, state.synchronisationUserId),
          login: link?.state === 'connected' ? (link.login?.accountingUserName ?? null) : null,
        },
      });
    },
  };
}
