import type { ChangeResult, ConnectRequest, SetUpNews } from '../domain/announcements.ts';
import type { Login } from '../domain/connection.ts';
import type { SignInPurpose } from '../domain/sign-in.ts';
import type { ActivityDeps } from './deps.ts';
import { connectionWithNames, nameOf, slackUserOf } from './names.ts';

type Progress = ConnectRequest['progress'];
/** The same, with companies by id: names do not go through workflow history. */
export type InvitationProgress =
  Exclude<Progress, { step: 'refused' }> | { step: 'refused'; login: string; missing: string[] };

export type ChangeNews =
  | Exclude<ChangeResult['result'], { kind: 'missing-companies' } | { kind: 'changed' }>
  | { kind: 'missing-companies'; login: string; missing: string[] };

export function createInvitationActivities(deps: ActivityDeps) {
  const { store, speaker } = deps;

  async function companiesNamed(connectionId: string, ids: string[]) {
    const companies = await store.companies.all(connectionId);
    return companies
      .filter(({ externalId }) => ids.includes(externalId))
      .map(({ code, name }) => ({ code, name }));
  }

  return {
    /** Asks a person to connect, in a direct message that is edited as the story goes on. */
    async tellInvitation(told: {
      connectionId: string;
      invitation: string;
      person: string;
      askedBy: string;
      purpose: SignInPurpose;
      reminded: number;
      progress: InvitationProgress;
    }): Promise<void> {
      const { connectionId, person, purpose, reminded, progress } = told;
      const names = await connectionWithNames(deps, connectionId);
      await speaker.say({
        key: `invitation/${connectionId}/${told.invitation}`,
        to: { slackUser: slackUserOf(deps, person) },
        announcement: {
          what: 'connect-request',
          connectionId,
          connectionName: names.connectionName,
          systemName: names.systemName,
          purpose,
          askedBy: nameOf(deps, told.askedBy),
          reminded,
          progress: await withNames(connectionId, progress),
        },
      });
    },

    /** Tells the superuser who asked for a connection how it goes; nothing when he asked himself. */
    async tellSetUpNews(told: {
      connectionId: string;
      person: string;
      askedBy: string;
      news: SetUpNews['news'];
    }): Promise<void> {
      if (told.person === told.askedBy) return;
      const { connectionName, systemName } = await connectionWithNames(deps, told.connectionId);
      await speaker.say({
        key: `set-up-news/${told.connectionId}`,
        to: { slackUser: slackUserOf(deps, told.askedBy) },
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
      const { state, connectionName, systemName } = await connectionWithNames(deps, connectionId);
      await speaker.say({
        key: `change/${connectionId}/${change}`,
        to: { slackUser: slackUserOf(deps, told.askedBy) },
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
                  missing: await companiesNamed(connectionId, result.missing),
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
        return { ...progress, missing: await companiesNamed(connectionId, progress.missing) };
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
