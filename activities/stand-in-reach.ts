import type { StandInReach } from '../domain/announcements/succession.ts';
import { groupBarred, named } from '../domain/barred.ts';
import { weigh } from '../domain/change.ts';
import type { ConnectionState, Login } from '../domain/connection.ts';
import { superusers } from '../domain/office.ts';
import type { RightsMatrix } from '../domain/verification.ts';
import type { ActivityDeps } from './deps.ts';
import { connectionWithNames, nameOf } from './names.ts';

/** What is mended and broken again within a day is the same story and the same message. */
const sameWithinMs = 24 * 3_600_000;

export function createStandInReachActivities(deps: ActivityDeps) {
  const { store, speaker, office, systems, now } = deps;

  async function linkedLogin({ id, standInId }: ConnectionState): Promise<Login | null> {
    const link = standInId === null ? null : await store.userLinks.find(id, standInId);
    return link?.state === 'connected' ? link.login : null;
  }

  /** What the stand-in could not read of what the login in use can, in the linked companies. */
  async function missing(state: ConnectionState, login: Login): Promise<StandInReach['missing']> {
    const matrixOf = (grantId: string): Promise<RightsMatrix> =>
      store.rights.matrix({ connectionId: state.id, grantId });
    const [inUse, own, linked] = await Promise.all([
      matrixOf(state.login?.grantId ?? ''),
      matrixOf(login.grantId),
      store.companies.linked(state.id),
    ]);
    const { lost } = weigh(inUse, own, new Set(linked.map(({ externalId }) => externalId)));
    return named(linked, groupBarred(lost, own));
  }

  return {
    /** The login to verify for a stand-in; null when he has none that works, or the very one that is in use. */
    async standInLogin({ connectionId }: { connectionId: string }): Promise<{ grantId: string | null }> {
      const { state } = await connectionWithNames(deps, connectionId);
      const login = await linkedLogin(state);
      return { grantId: login === null || login.grantId === state.login?.grantId ? null : login.grantId };
    },

    /**
     * Warns the superusers once when the stand-in, by what was verified last, reaches less than the login in use; edited
     * when he reaches enough, or when he does not stand in any more.
     */
    async tellStandInReach({ connectionId }: { connectionId: string }): Promise<void> {
      const { state, connectionName, systemName } = await connectionWithNames(deps, connectionId);
      const login = await linkedLogin(state);
      const isShared = login?.grantId === state.login?.grantId;
      const misses = login === null || isShared ? [] : await missing(state, login);
      const prefix = `stand-in-reach/${connectionId}/`;
      const subject = `${prefix}${state.standInId ?? ''}`;
      const at = now().toISOString();
      const notices = [
        ...(misses.length > 0 ? [await store.notices.begin(subject, at, sameWithinMs)] : []),
        ...(await ended(prefix, misses.length > 0 ? subject : null, login === null ? subject : null)),
      ];
      for (const notice of notices) {
        const personId = notice.subject.slice(prefix.length);
        const link = await store.userLinks.find(connectionId, personId);
        const announcement: StandInReach = {
          what: 'stand-in-reach',
          connectionId,
          connectionName,
          systemId: state.system,
          systemName: systems.get(state.system).name,
          standIn: nameOf(deps, personId),
          synchronisationUser: nameOf(deps, state.synchronisationUserId),
          login: link?.login?.accountingUserName ?? systemName,
          loginInUse: state.login?.accountingUserName ?? '',
          missing: notice.endedAt === null ? misses : [],
          over: notice.endedAt === null ? null : personId === state.standInId ? 'reaches' : 'replaced',
        };
        for (const { id, slackUserId } of superusers(office))
          await speaker.say({
            key: `notice/${notice.number}/${id}`,
            to: { slackUser: slackUserId },
            announcement,
          });
      }
    },
  };

  /** What is so no more. Of a stand-in whose login broke meanwhile nothing new is known, so that warning stands. */
  async function ended(prefix: string, begun: string | null, unknown: string | null) {
    const over = (await store.notices.open()).filter(
      ({ subject }) => subject.startsWith(prefix) && subject !== begun && subject !== unknown,
    );
    const notices = [];
    for (const { subject } of over) {
      const notice = await store.notices.end(subject, now().toISOString());
      if (notice) notices.push(notice);
    }
    return notices;
  }
}
