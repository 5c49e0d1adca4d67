import type { ConnectRequest, SetUpNews } from '../../domain/announcements/logins.ts';
import type { AwaitedPurpose } from '../../domain/logins/sign-in.ts';
import { reachOfFirstLogin } from '../../store/verification/first-reach.ts';
import { createChangePeopleTelling } from '../succession/change-people.ts';
import type { ActivityDeps } from '../deps.ts';
import { connectionWithNames, nameOf, slackUserOf } from '../names.ts';
import type { ConnectionId, PersonId } from '../../domain/ids.ts';

export function createInvitationActivities(deps: ActivityDeps) {
  const { speaker } = deps;
  const people = createChangePeopleTelling(deps);

  return {
    /**
     * Asks a person to connect, in a direct message that is edited as the story goes on. An edit notifies nobody, so a
     * reminder is also a new line in its thread.
     */
    async tellInvitation(told: {
      connectionId: ConnectionId;
      invitation: string;
      person: PersonId;
      askedBy: PersonId;
      purpose: AwaitedPurpose;
      reminded: number;
      /** The number of the change a successor is asked for. */
      change?: number;
      progress: ConnectRequest['progress'];
    }): Promise<void> {
      const { connectionId, person, purpose, reminded, progress, change } = told;
      // It may be made, or even undone, by the time this is said.
      if (
        progress.step === 'done' &&
        change !== undefined &&
        (await people.tellSuccessor(connectionId, change))
      )
        return;
      const { state, connectionName, systemName } = await connectionWithNames(deps, connectionId);
      const slackUser = slackUserOf(deps, person);
      if (slackUser === null) return;
      const key = `invitation/${connectionId}/${told.invitation}`;
      const isFirst = purpose === 'set-up' && progress.step === 'done';
      const names = { connectionName, systemName, askedBy: nameOf(deps, told.askedBy) };
      await speaker.say({
        key,
        to: { slackUser },
        announcement: {
          what: 'connect-request',
          connectionId,
          ...names,
          purpose,
          reminded,
          reach: isFirst ? await reachOfFirstLogin(deps.store, state, person) : null,
          progress: progress.step === 'cancelled' ? { ...progress, by: nameOf(deps, progress.by) } : progress,
        },
      });
      if (progress.step === 'waiting' && reminded > 0)
        await speaker.say({
          key: `${key}/reminder/${reminded}`,
          to: { slackUser },
          inThreadOf: key,
          announcement: { what: 'connect-reminder', ...names, purpose },
        });
    },

    /**
     * Tells the superuser who asked for a connection how it goes; nothing when they asked themselves. How it ended is a
     * message of its own, because an edit notifies nobody.
     */
    async tellSetUpNews(told: {
      connectionId: ConnectionId;
      person: PersonId;
      askedBy: PersonId;
      news: SetUpNews['news'];
    }): Promise<void> {
      const slackUser = slackUserOf(deps, told.askedBy);
      if (told.person === told.askedBy || slackUser === null) return;
      const { state, connectionName, systemName } = await connectionWithNames(deps, told.connectionId);
      await speaker.say({
        key: `set-up-news/${told.connectionId}${told.news.kind === 'asked' ? '' : '/end'}`,
        to: { slackUser },
        announcement: {
          what: 'set-up-news',
          connectionName,
          systemName,
          synchronisationUser: nameOf(deps, told.person),
          reach:
            told.news.kind === 'connected' ? await reachOfFirstLogin(deps.store, state, told.person) : null,
          news: told.news.kind === 'cancelled' ? { ...told.news, by: nameOf(deps, told.news.by) } : told.news,
        },
      });
    },
  };
}
