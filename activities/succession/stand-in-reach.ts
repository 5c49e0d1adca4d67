import type { StandInReach } from '../../domain/announcements/succession.ts';
import { groupBarred, named } from '../../domain/verification/barred.ts';
import { weigh } from '../../domain/succession/change.ts';
import type { ConnectionState, Login } from '../../domain/connection.ts';
import { superusers } from '../../domain/offices/office.ts';
import type { RightsMatrix } from '../../domain/verification/verification.ts';
import type { Notice } from '../../store/incidents/notices.ts';
import type { ActivityDeps } from '../deps.ts';
import { connectionWithNames, nameOf } from '../names.ts';
import type { ConnectionId, GrantId } from '../../domain/ids.ts';

/** What is mended and broken again within a day is the same story and the same message. */
const sameWithinMs = 24 * 3_600_000;

export function createStandInReachActivities(deps: ActivityDeps) {
  const { store, speaker, office, systems, now } = deps;

  async function linkedLogin({ id, standInId }: ConnectionState): Promise<Login | null> {
    const link = standInId === null ? null : await store.userLinks.find(id, standInId);
    return link?.state === 'connected' ? link.login : null;
  }

  /** What the stand-in could not read of what the login in use can, in the linked companies; and whether that is all. */
  async function missing(state: ConnectionState, login: Login): Promise<Missing> {
    const matrixOf = (grantId: GrantId): Promise<RightsMatrix> =>
      store.rights.matrix({ connectionId: state.id, grantId });
    const [inUse, own, linked] = await Promise.all([
      matrixOf(state.login?.grantId ?? ''),
      matrixOf(login.grantId),
      store.companies.linked(state.id),
    ]);
    const { lost, uncertain } = weigh(inUse, own, new Set(linked.map(({ externalId }) => externalId)));
    return { misses: named(linked, groupBarred(lost, own)), isKnown: uncertain.length === 0 };
  }

  return {
    /** The login to verify for a stand-in; null when they have none that works, or the very one that is in use. */
    async standInLogin({
      connectionId,
    }: {
      connectionId: ConnectionId;
    }): Promise<{ grantId: GrantId | null }> {
      const { state } = await connectionWithNames(deps, connectionId);
      const login = await linkedLogin(state);
      return { grantId: login === null || login.grantId === state.login?.grantId ? null : login.grantId };
    },

    /**
     * Warns the superusers once when the stand-in, by what was verified last, reaches less than the login in use; edited
     * when they reach enough, or when they do not stand in any more.
     */
    async tellStandInReach({ connectionId }: { connectionId: ConnectionId }): Promise<void> {
      const { state } = await connectionWithNames(deps, connectionId);
      const login = await linkedLogin(state);
      const isShared = login?.grantId === state.login?.grantId;
      const { misses, isKnown }: Missing =
        login === null || isShared ? { misses: [], isKnown: login !== null } : await missing(state, login);
      const prefix = `stand-in-reach/${connectionId}/`;
      const subject = `${prefix}${state.standInId ?? ''}`;
      const at = now().toISOString();
      if (misses.length > 0)
        await say(state, prefix, await store.notices.begin(subject, at, sameWithinMs), misses);
      for (const notice of await store.notices.open()) {
        if (!notice.subject.startsWith(prefix)) continue;
        // Of a stand-in whose login broke meanwhile, or could not be asked, nothing new is known: that warning stands.
        if (notice.subject === subject && (misses.length > 0 || !isKnown)) continue;
        // It is open until every superuser read that it is over: while Slack is down the next attempt says it.
        await say(state, prefix, notice, null);
        await store.notices.end(notice.subject, at);
      }
    },
  };

  /** What they miss, to every superuser; null: that is over. */
  async function say(
    state: ConnectionState,
    prefix: string,
    { number, subject }: Notice,
    misses: StandInReach['missing'] | null,
  ): Promise<void> {
    const { connectionName, systemName } = await connectionWithNames(deps, state.id);
    const personId = subject.slice(prefix.length);
    const link = await store.userLinks.find(state.id, personId);
    const announcement: StandInReach = {
      what: 'stand-in-reach',
      connectionId: state.id,
      connectionName,
      systemId: state.system,
      systemName: systems.get(state.system).name,
      standIn: nameOf(deps, personId),
      synchronisationUser: nameOf(deps, state.synchronisationUserId),
      login: link?.login?.accountingUserName ?? systemName,
      loginInUse: state.login?.accountingUserName ?? '',
      missing: misses ?? [],
      over: misses !== null ? null : personId === state.standInId ? 'reaches' : 'replaced',
    };
    await Promise.all(
      superusers(office).map(async ({ id, slackUserId }) => {
        await speaker.say({
          key: `notice/${number}/${id}`,
          to: { slackUser: slackUserId },
          ...(misses === null && { onlyIfSaid: true }),
          announcement,
        });
      }),
    );
  }
}

interface Missing {
  misses: StandInReach['missing'];
  /** Nobody is left in doubt; otherwise more may be missing. */
  isKnown: boolean;
}
