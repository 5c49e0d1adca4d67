import { dueWarning, type DaysAhead } from '../../domain/logins/expiry.ts';
import type { Moment } from '../../domain/master-data.ts';
import type { ActivityDeps } from '../deps.ts';
import { connectionWithNames, nameOf, slackUserOf } from '../names.ts';
import type { ConnectionId } from '../../domain/ids.ts';

export function createLoginExpiryActivities(deps: ActivityDeps) {
  const { store, speaker, office, now } = deps;

  return {
    /**
     * Warns the synchronisation user and the office that the login in use ends, once for each of the days; takes it back when
     * it was renewed, by whomever.
     */
    async tellExpiry({ connectionId }: { connectionId: ConnectionId }): Promise<void> {
      const { state, connectionName, systemName } = await connectionWithNames(deps, connectionId);
      const { login, synchronisationUserId } = state;
      const expiry = login && (await store.grants.expiry(login.grantId));
      if (!expiry) return;
      const { expiresAt, warnedOf } = expiry;
      const names = {
        what: 'login-expiry',
        connectionName,
        systemName,
        login: login.accountingUserName,
        synchronisationUser: nameOf(deps, synchronisationUserId),
      } as const;
      const slackUser = slackUserOf(deps, synchronisationUserId);
      const places = [
        { place: 'office', to: { channel: office.channelId } },
        ...(slackUser === null ? [] : [{ place: 'person', to: { slackUser } }]),
      ];
      const say = async (end: Moment, daysAhead: DaysAhead | null) => {
        await Promise.all(
          places.map(async ({ place, to }) => {
            const key = `login-expiry/${connectionId}/${end}/${place}`;
            const facts = { ...names, expiresAt: end, daysAhead };
            await speaker.say({ key, to, announcement: { ...facts, inThread: false } });
            if (daysAhead !== null && daysAhead < 7)
              await speaker.say({
                key: `${key}/${daysAhead}`,
                to,
                inThreadOf: key,
                announcement: { ...facts, inThread: true },
              });
          }),
        );
      };

      if (warnedOf !== null && warnedOf !== expiresAt) {
        await say(warnedOf, null);
        await store.grants.noteWarning(login.grantId, null);
      }
      const due = dueWarning(expiresAt, now());
      if (expiresAt === null || due === null) return;
      // Noted before it is said: what stands in Slack must be known, so that it can be taken back.
      await store.grants.noteWarning(login.grantId, expiresAt);
      await say(expiresAt, due);
    },
  };
}
