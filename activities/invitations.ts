import type { ChangeResult, ConnectRequest, SetUpNews } from '../domain/announcements.ts';
import type { Login } from '../domain/connection.ts';
import type { AwaitedPurpose } from '../domain/sign-in.ts';
import type { ActivityDeps } from './deps.ts';
import { companiesNamed, connectionWithNames, nameOf, slackUserOf } from './names.ts';

type Progress = ConnectRequest['progress'];
/** The same, with companies by id: names do not go through workflow history. */
export type InvitationProgress =
  Exclude<Progress, { step: 'refused' }> | { step: 'refused'; login: string; missing: string[] };

export type ChangeNews =
  | Exclude<ChangeResult['result'], { kind: 'missing-companies' } | { kind: 'changed' }>
  | { kind: 'missing-companies'; login: string; missing: string[] };

export function createInvitationActivities(deps: ActivityDeps) {
  const { store, speaker } = deps;

  return {
    /**
     * Asks a person to connect, in a direct message that is edited as the story goes on. An edit notifies nobody, so a
     * reminder is also a new line in its thread.
     */
    async tellInvitation(told: {
      connectionId: string;
      invitation: string;
      person: string;
      askedBy: string;
      purpose: AwaitedPurpose;
      reminded: number;
      progress: InvitationProgress;
    }): Promise<void> {
      const { connectionId, person, purpose, reminded, progress } = told;
      const { connectionName, systemName } = await connectionWithNames(deps, connectionId);
      const slackUser = slackUserOf(deps, person);
      if (slackUser === null) return;
      const key = `invitation/${connectionId}/${told.invitation}`;
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
          progress: await withNames(connectionId, progress),
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

    /** Tells the superuser who asked for a connection how it goes; nothing when he asked himself. */
    async tellSetUpNews(told: {
      connectionId: string;
      person: string;
      askedBy: string;
      news: SetUpNews['news'];
    }): Promise<void> {
      const slackUser = slackUserOf(deps, told.askedBy);
      if (told.person === told.askedBy || slackUser === null) return;
      const { connectionName, systemName } = await connectionWithNames(deps, told.connectionId);
      await speaker.say({
        key: `set-up-news/${told.connectionId}`,
        to: { slackUser },
        announcement: {
          what: 'set-up-news',
          connectionName,
          systemName,
          synchronisationUser: nameOf(deps, told.person),
          news: told.news.kind === 'cancelled' ? { ...told.news, by: nameOf(deps, told.news.by) } : told.news,
        },
      });
    },

    /** Tells who asked for a change that it did not happen, and why; nothing changed. */
    async tellChangeResult(told: {
      connectionId: string;
      change: number;
      person: string;
      askedBy: string;
      current: Login;
      result: ChangeNews;
    }): Promise<void> {
      const { connectionId, change, result } = told;
      const slackUser = slackUserOf(deps, told.askedBy);
      if (slackUser === null) return;
      const { state, connectionName, systemName } = await connectionWithNames(deps, connectionId);
      await speaker.say({
        key: `change/${connectionId}/${change}`,
        to: { slackUser },
        announcement: {
          what: 'change-result',
          connectionId,
          connectionName,
          systemName,
          from: nameOf(deps, state.synchronisationUserId),
          to: nameOf(deps, told.person),
          login: result.kind === 'missing-companies' ? result.login : null,
          result:
            result.kind === 'missing-companies'
              ? {
                  kind: 'missing-companies',
                  missing: await companiesNamed(deps, connectionId, result.missing),
                  companies: state.companies,
                }
              : result.kind === 'cancelled'
                ? { kind: 'cancelled', by: nameOf(deps, result.by) }
                : result,
        },
      });
    },

    /** Tells the office channel who the synchronisation user is from now on. */
    async tellChanged(told: {
      connectionId: string;
      change: number;
      from: string;
      to: string;
      login: string;
      companies: number;
    }): Promise<void> {
      const { connectionName, systemName } = await connectionWithNames(deps, told.connectionId);
      await store.history.append({
        id: `change/${told.connectionId}/${told.change}`,
        at: deps.now().toISOString(),
        connectionId: told.connectionId,
        officeUserId: told.to,
        what: 'synchronisation-user-changed',
        data: { from: told.from, to: told.to, login: told.login },
      });
      await speaker.say({
        key: `changed/${told.connectionId}/${told.change}`,
        to: { channel: deps.office.channelId },
        announcement: {
          what: 'change-result',
          connectionId: told.connectionId,
          connectionName,
          systemName,
          from: nameOf(deps, told.from),
          to: nameOf(deps, told.to),
          login: told.login,
          result: { kind: 'changed', companies: told.companies },
        },
      });
    },
  };

  async function withNames(connectionId: string, progress: InvitationProgress): Promise<Progress> {
    switch (progress.step) {
      case 'refused':
        return { ...progress, missing: await companiesNamed(deps, connectionId, progress.missing) };
      case 'cancelled':
        return { ...progress, by: nameOf(deps, progress.by) };
      case 'waiting':
      case 'linked':
      case 'done':
      case 'lapsed':
        return progress;
    }
  }
}
